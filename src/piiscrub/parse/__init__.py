"""Values taken apart: phone numbers, and later dates, addresses, names. Libraries are wrapped here and nowhere else."""
