"""Sentences and documents of the generated business text; ``generate`` fills their slots.

{N} full name · {L} name as listed · {G} given name · {F} surname · {T} title · {O} organisation · {P} place · {A} address ·
{S} street line · {e} e-mail · {h} phone · {d} date · {c} clock · {n} number · {m} amount · {j} job · {x} thing ·
{w} a word that is written with a capital in headings.
"""

SENTENCES = r"""
{T} {F} will join the call at {c}.
{T} {N} confirmed the appointment for {d}.
Please contact {N} ({h}) if the delivery is late.
Please forward this to {G} and {G} before {c}.
I spoke to {G} yesterday about invoice {n}.
{N} from {O} called about the {x}.
{N}, {j} at {O}, signed the contract on {d} in {P}.
{O} has appointed {N} as its new {j}.
My name is {N} and I live in {P}.
My name is {N}, order number {n}, and the {x} arrived broken.
hi, this is {G} {F}, I can't log in to my account
hey {G}, are you still coming on {d}?
Thanks {G}! I'll ask {G} about the {x}.
thanks {G}, talk soon
Hi {G}, could you send the {x} to {e}?
Can {G} approve the request of {N}?
The patient, {N}, was admitted to {O} on {d}.
{N} was seen by Dr. {F} in {P} and discharged on {d}.
Patient {L} (MRN {n}) reports pain since {d}.
{F} reported that the {x} was missing.
{F} and {F} agreed to meet {T} {F} in {P}.
According to {F}, the {x} had been paid on {d}.
{N} v. {N}, case no. {n}, {O}.
The claimant, {N}, a resident of {P}, was represented by {N}.
{N} and {N} have been married since {d}.
{G}'s manager is {N}; {G}'s deputy is {N}.
{N}'s {x} was returned to {O}.
We hereby certify that {N}, born on {d} in {P}, is employed by {O} as {j}.
This agreement is made between {O} ("the Company") and {N} ("the Employee").
The tenant {N} rents the flat at {A} from {N}.
Ship the {x} to {N}, {A}.
{N} lives at {A}.
I moved to {A} last {w}, please update my record.
Deliver to {A} and call {h} on arrival.
Our office is at {S}, {P}.
The accident happened near {S} in {P} at {c}.
Send the cheque to {A}.
The meeting in {P} was moved to {d}.
We flew from {P} to {P} with {O}.
{O} opened an office in {P}, its third in {P}.
{O} sued {O} over the {x}.
{O} and {O} announced a merger worth {m}.
The {x} is made by {O}.
Is {P} covered by the {x} plan of {O}?
Has anyone from {P} tried the {x}?
{N}, {N} and {N} were present; {N} sent apologies.
Attendees: {N}, {N}, {N}, {N}
Present: {G}, {G}, {G} and {T} {F}
cc: {N}; {N}; {N}
{L}; {L}; {L}
Emergency contact: {N} ({h})
Beneficiary: {N}, account {n}
Account holder {N} transferred {m} to {N} on {d}.
Payment of {m} received from {N}.
{N} wrote: "The {x} never came."
"{w} is fine," said {N}, {j} of {O}.
{T} {F} asked {T} {F} to resend the {x}.
Dear {T} {F}, thank you for your message of {d}.
Dear {G}, your order {n} has shipped.
Ask for {G} at the desk.
Call me {G}.
It's {G} again, any news?
i am {G}, {G}'s sister
who is {N}?
did {N} and {G} get the {x}?
{G} {F} here. New number {h}
this is {N} from {P}, my email is {e}
my husband {G} works for {O} in {P}
met {G} and {G} {F} at the {x} today, so nice
can't believe {N} is gone
{N} is the best {j} in {P}
love the new song by {N}
@support {N} here, where's my {x}?
RT {N} on the {x}: {w}
Author: {N}
Reviewed-by: {N} <{e}>
Signed-off-by: {N} <{e}>
From: {N} <{e}>
To: "{L}" <{e}>
Assigned to {N} by {N} on {d}
Reporter: {G} {F} · Assignee: {N} · Status: Open
Ticket {n} opened by {N}, {P}
[{c}] {G}: the {x} is down again
[{d} {c}] {N}: ok, I will check with {O}
{G}: hi {G}, did {N} call?
<{G}> lol ask {G}
Name: {L}
Full name: {L} Date of birth: {d}
Name {N} Address {A} Phone {h}
First name: {G} Last name: {F}
Surname: {F}
Given names: {G} {G}
Customer: {N}, Company: {O}, City: {P}
Contact person: {N} / {h}
Employee {N} ({n}), department {w}, manager {N}
{n},{L},{P},{h}
{n},{N},{e},{d}
{n};{F};{G};{P};{h}
{N}|{O}|{P}|{e}
{L}\t{d}\t{m}\t{P}
| {n} | {N} | {O} | {m} |
"{L}","{A}","{h}"
{{"name": "{N}", "city": "{P}", "phone": "{h}"}}
{{"user": {{"first": "{G}", "last": "{F}"}}, "employer": "{O}"}}
<name>{N}</name><company>{O}</company>
name={N}&city={P}
INFO user {N} logged in from {P}
Passenger {L} flight {n} {P} to {P} {d}
Guest: {L} Room {n} Arrival {d}
Student: {N}, Teacher: {T} {F}
Witness: {N}, {j}, {P}
In the presence of {N}, Notary Public, {P}
The late {N} of {P} left {m} to {O}.
née {F}, she married {N} in {P} on {d}.
{N} (née {F}) was born in {P}.
{N}, son of {N} and {N}
Interview with {N}, conducted by {G} {F} in {P}
{N} studied at {O} and moved to {P} in {n}.
In {P}, {F} founded {O} together with {N}.
The {x} was invented by {N} of {O}.
{F} won the {x} award ahead of {N}.
c/o {N}, {A}
Attn: {N}
ATTN {N}, {O}, {A}
{O}, {A}, Tel. {h}
Registered office: {A}. Directors: {N}, {N}.
Invoice to: {O}, {A}
Return address: {A}
Pick-up at {S}, drop-off at {S}.
I live on {S} with {G}
Come and see {P}, it is lovely.
{P} beat {P} in the final.
RT @news: #{G} is back in {P}
#{w}{w} is trending in {P}
{n} {P}, {P}
{A}\n{P}\n{h}
{N}, {A}, {h}
{N} {A}
Where is {A}?
Tell {G} that {A} is right.
I vote for {N} #{w}{w}{w}
so proud of my girl {G} :)
happy birthday {G} {F}!! love you
{G}, {G}, {G} and {G} passed the test.
The children, {G}, {G} and {G}, stay with {G}.
Invited: {G}, {G}, {G}, {G}, {G}, {G}
Songs by {N}, {N} and {N} were played.
{G}, {G} & {G} say hello
{G} is always late, ask {G}.
{G} was happy with the {x}.
{G} has a {x} for you, {G}.
{G}, did you get the {x}?
Good night, {G}!
Where is {G}? {G} wants the {x} back.
{G}: Where is the {x}?
{N}: Is this the {x}?
Why did {G} leave {P}?
Is {G} from {P} or from {P}?
I like the {x} of {G} more than {G}'s.
The {N} {x} was sold out.
A {N} {x} costs {m}.
There is something about {G} that I like.
I work for {O}.
I work at {O} as {j}, before that at {O}.
{G} works for {O} in {P}.
{G} comes from {P}.
I come from {P} but live in {P} now.
{O} is hiring a {j} in {P}.
{O} is a good place to work, says {F} of {O}.
What does {O} pay a {j}?
I bought the {x} from {O} and {O} never answered.
{O} shares fell after {O} left {P}.
{O} ({P}) supplies {O}.
{N} of {O} and {N} of {O} spoke in {P}.
{S} is closed between {S} and {S}.
The shop on {S} in {P} moved to {S}.
{N}\n{O}\n{A}\n{P}
Has {A} been sold by {O}?
Colonel {N}, {d}; Major General {N}, {d}; Captain {N}, {d}
Brigadier {F} and Lieutenant {N} received the medal.
Senator {F} met President {F} and Prime Minister {N}.
Coach {F} praised striker {N} after the game in {P}.
Actress {N} married singer {N} in {P}.
King {G} of {P} and Queen {G} visited {O}.
British {j} {N} and American {j} {N} won.
{F} (born {d} in {P}) is a {j}.
{F}, {n}. The {x}. {P}: {O}.
{F}, {F} and {F} ({n}) disagree.
In {n}, {F} published the {x}; {F} answered in {n}.
{F}'s theory of the {x} was rejected by {F}.
The album by {N} features {N}.
{N} played {N} in the movie about {P}.
Turn left at {S} and ask for {T} {F}.
""".strip("\n").split("\n")

# No names, places or organisations in these: whatever is written with capitals here is not a person.
PLAIN = r"""
Dear Customer, thank you for your order of {d}.
Dear Sir or Madam, I am writing about the {x}.
Dear Team, please find attached the {w} {w}.
Dear Hiring Manager, I would like to apply as {j}.
Hello All, the {w} meeting starts at {c}.
Hi there, the {x} does not work.
Best Regards, Customer Support
Kind regards, The Accounts Team
Please Note: All Prices Include {w} Tax.
{w} {w} {w} Report
{w} {w} Manager, {w} {w} Department
ORDER CONFIRMATION NO. {n}
TERMS AND CONDITIONS OF SALE
PRIVATE AND CONFIDENTIAL
INVOICE {n} DATE {d} TOTAL {m} DUE ON RECEIPT
Step {n}: Open Settings and choose {w} {w}.
Click Save, then Cancel, then {w}.
Error {n}: {w}NotFoundException in {w}Service.get{w}()
The {w} API returns a {w} object; see {w} Guide, Chapter {n}.
Warning: {w} {w} is deprecated, use {w} instead.
The {x} costs {m} and weighs {n} kg.
{w} Edition {x}, Black, Size {n}, Free Shipping
New! {w} {x} with Bluetooth and Fast Charging
Patient is a {n}-year-old male with Type 2 Diabetes and Hypertension.
Take Ibuprofen twice a day until {d}.
Blood Pressure {n}/{n}, Heart Rate {n}, Temperature Normal
On Monday and Tuesday the {x} is closed; it opens on Wednesday at {c}.
In January, March and August sales of the {x} rose.
Your verification code is {n}.
Password reset requested at {c} on {d}.
Total: {m}, paid by Visa card ending {n}.
What is the {x} worth? Nothing, I think.
May I ask why the {x} is late? Will it come on {d}?
Hope this helps. Bill attached. Mark it as paid.
Grace period ends {d}. Frank answers only, please.
Rose and Lily bouquets, {m} each
Christmas and Easter holidays are not working days.
The English and Spanish versions of the {x} differ.
Section {n}. Definitions. "Agreement" means this {w} Agreement.
The Seller shall deliver the Goods to the Buyer; the Buyer shall pay the Price.
The Applicant, the Government and the Court agreed.
Column Names: Customer Id, First Name, Last Name, Street Address, Postal Code
First Name,Last Name,Email,Phone,City,State
id,name,address,created_at
Name: N/A
Name: ____________ Date: ____________
Contact: see above
lol that {x} is so good
omg I love this {x} !!!
Good morning everyone, happy Friday
God bless you all
can't wait for {w} on {d}
THE {x} IS DOWN AGAIN PLEASE FIX ASAP
SELECT {w} FROM {w} WHERE Id = {n}
class {w}Manager extends Base{w}
The Quick Start Guide describes the Main Menu and the Status Bar.
Introduction to {w} {w}: A Practical Guide
Figure {n}. {w} Distribution by {w}
Table {n}: Results of the {w} {w} Test
Senior {j} (Full Time)
Head of {w}, Vice President {w}, Chief Financial Officer
Subject: Re: {w} {w} {n}
Subject: Your {w} Statement
North Entrance, Main Hall, Second Floor
Pass arr to the function and use NA for missing values; axis and dtype are optional.
Lorem ipsum is a text without meaning.
The {w}{w} class wraps a {w}Frame and returns an Index, a Series or None.
Set Max and Min before Start; Reset clears the Cache.
See also: GroupBy, Window, Series, DataFrame, Array, Iterator
Monitor: 27 Inch, Full HD, HDMI, VGA, Tilt, Swivel
Ingredients: Sugar, Wheat Flour, Palm Oil, Salt, Natural Flavour
Made of 100% Cotton. Machine Wash Warm. Do Not Bleach.
Basmati Rice, Caesar Salad, Margherita Pizza, Earl Grey Tea
The Alzheimer's and Parkinson's diseases, Down Syndrome and the Doppler effect
Bluetooth, Python, Java, Ruby, Rust, Docker and Jenkins are supported.
Chapter {n}: The {w} of the {w}
Photosynthesis, Gravity and the Big Bang explained
Stocks rose on Friday as Oil and Gas prices fell.
The Government said that Parliament would vote on the Bill in March.
Ha ha no way!! Nope. Yeah. Ugh. Aww. Lmao
hahaha omg yesss
te amo, gracias, merci, danke, terima kasih
Mon-Fri {c}, Sat closed
Windows, Office and Teams updates for {d}
Ms Word and Excel files only
""".strip("\n").split("\n")

DOCUMENTS = r"""
From: {N} <{e}>\nTo: {N} <{e}>\nSubject: {w} {w}\n\nHi {G},\n\n%s %s\n\nBest regards,\n{N}\n{j}\n{O}\n{A}\n{h}
Dear {T} {F},\n\n%s\n\n%s\n\nYours sincerely,\n\n{N}\n{j}, {O}
Hi {G},\n%s\nCheers,\n{G}
Hello {G},\n\n%s %s\n\nThanks,\n{N}\n-- \n{O} | {A} | {h} | {e}
{O}\n{A}\n\n{d}\n\n{N}\n{A}\n\nDear {T} {F},\n\n%s\n\nSincerely,\n{N}
Hey team,\n%s\n{G}
Ticket #{n}\nRequester: {N}\nCompany: {O}\nDescription: %s\nAgent: {G} {F}
Minutes, {d}\nPresent: {N}, {N}, {N}\nApologies: {N}\n1. %s\n2. %s\nChair: {N}
Name: {L}\nDate of birth: {d}\nAddress: {A}\nPhone: {h}\nEmployer: {O}\nEmergency contact: {N}
Applicant\nSurname: {F}\nGiven name: {G}\nCity: {P}\nSigned: {N}
Patient: {L}\nDOB: {d}\nPhysician: Dr. {F}\nHistory: %s\nPlan: %s
{N}\n{A}\n{h}\n{e}\n\nExperience\n{j}, {O}, {P}, {d}\n{j}, {O}, {P}
Ship to:\n{N}\n{A}\n\nBill to:\n{O}\n{A}
{N}\n{O}\n{A}
{L}\n{L}\n{L}\n{L}
{N}\n{N}\n{N}
id,name,city,phone\n{n},{N},{P},{h}\n{n},{N},{P},{h}\n{n},{N},{P},{h}
{c} {G}: %s\n{c} {G}: %s\n{c} {G}: ok
On {d} {N} wrote:\n> %s\n> %s\n\n{G}, please see below.\n{G}
Agent: Hello, my name is {G}. How can I help?\nCaller: Hi, this is {N}. %s\nAgent: Thank you, {T} {F}.
""".strip("\n").split("\n")

JOBS = (
    "manager,Sales Manager,accountant,engineer,Senior Engineer,nurse,teacher,lawyer,Head of Purchasing,clerk,driver,"
    "analyst,director,"
    "Managing Director,CEO,CFO,consultant,designer,developer,Customer Service Representative,project lead,secretary,"
    "physician,singer,coach"
).split(",")
PRODUCTS = (
    "laptop,phone,printer,parcel,refund,invoice,contract,report,ticket,key,password reset,insurance policy,chair,camera,"
    "server,website,"
    "app,subscription,order,bicycle,coffee machine,headset,monitor,visa,passport,shipment,spreadsheet,album,movie,book,"
    "conference,game"
).split(",")
WORDS = (
    "Annual Quarterly Final Draft Summer Winter Spring Budget Project Customer Service Account Order Product Quality "
    "Security Data Market "
    "General Technical Internal External Global Standard Premium Basic Advanced Monthly Weekly Training Support Network "
    "System User Admin "
    "Payment Billing Shipping Delivery Inventory Purchase Marketing Sales Finance Legal Health Safety Travel Expense "
    "Performance Review "
    "Update Release Version Status Default Public Private Master Light Dark Gold Silver Crystal Royal Star Sky Ocean "
    "Diamond Hunter Mason"
).split()
