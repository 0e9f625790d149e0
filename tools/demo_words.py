"""Words from which the demo organisation is made. Everyone and every hotel here is invented."""

NAMED = [
    ("Ruth Abernathy", "", "Management", "Chief operating officer", "8", "IE"),
    ("Maren Castellanos", "Ruth Abernathy", "Communications", "Head of social", "7", "IE"),
    ("Priya Raman", "Ruth Abernathy", "Legal", "General counsel", "7", "GB"),
    ("Tomasz Wilk", "Ruth Abernathy", "IT security", "Head of IT security", "7", "IE"),
    ("Adaeze Nwosu", "Priya Raman", "Privacy", "Data protection officer", "6", "GB"),
    ("Sofia Lindqvist", "Maren Castellanos", "Brand", "Brand director", "6", "NO"),
    ("Hana Sato", "Ruth Abernathy", "People and culture", "Head of training", "6", "IE"),
    ("Kofi Mensah", "Maren Castellanos", "Guest care", "Guest care analyst", "4", "IE"),
    ("Liesel Brandt", "Hana Sato", "People and culture", "Trainer", "4", "DE"),
    ("Yuki Tan", "Maren Castellanos", "Communications", "Writer", "4", "IE"),
    ("Joana Kaya", "Kofi Mensah", "Guest care", "Guest care colleague", "3", "PT"),
    ("Dwayne Ellis", "Hana Sato", "Employee panel", "Speaker of the employee panel", "3", "IE"),
    ("Bridget Fallon", "Ruth Abernathy", "Internal audit", "Internal auditor", "5", "IE"),
]
LEAVES = {"Kofi Mensah": "{D+24}"}
HOTELS = [
    ("Galway", "IE", "en", 5),
    ("Dublin", "IE", "en", 6),
    ("Cork", "IE", "en", 4),
    ("Lisbon", "PT", "pt", 7),
    ("Porto", "PT", "pt", 5),
    ("Bergen", "NO", "no", 5),
    ("Tromsø", "NO", "no", 3),
    ("Edinburgh", "GB", "en", 5),
    ("Hamburg", "DE", "de", 5),
]
GIVEN = {
    "en": "Aoife Brian Ciara Declan Eoin Fiona Graham Holly Ian Jack Keira Liam Maeve Niall Orla Patrick Rhona Sean "
    "Tara Una Wendy Callum Isla Rory Ailsa".split(),
    "pt": "Ana Bruno Catarina Diogo Elsa Filipe Graça Hugo Inês João Leonor Marco Nuno Olívia Paulo Rita Rui Sara "
    "Tiago Vera".split(),
    "no": "Anders Birgit Cecilie Dag Eirik Frida Gunnar Hilde Ingrid Jonas Kari Lars Marit Nils Oda Per Ragnhild "
    "Silje Tor Vilde".split(),
    "de": "Anke Bernd Carla Dieter Elke Finn Gesa Henning Ilka Jörg Katrin Lutz Maike Nele Oliver Petra Ralf Silke "
    "Torben Ute".split(),
}
FAMILY = {
    "en": "Byrne Casey Doherty Egan Flynn Gallagher Hayes Kelleher Lynch Moran Nolan Quinn Reilly Sheehan Tobin "
    "Walsh Fraser Munro Sinclair Baird".split(),
    "pt": "Almeida Barros Carvalho Duarte Esteves Faria Gomes Lopes Matos Neves Oliveira Pinto Queirós Ramos Sousa "
    "Teixeira Vaz".split(),
    "no": "Aasen Berg Dahl Eide Fossum Haugen Johnsen Knutsen Lund Moe Nygård Olsen Solheim Strand Vik".split(),
    "de": "Ahlers Brandt Claasen Dierks Ehlers Freese Gerdes Harms Jansen Kruse Lorenz Meinecke Petersen Thiel "
    "Wichmann".split(),
}
OUTLETS = ["Roomrater", "Stayscore", "Nightstand Reviews"]
SLOTS = {
    "meal": [
        "breakfast",
        "the fish soup",
        "dinner",
        "the brown bread",
        "Sunday lunch",
        "afternoon tea",
        "the porridge",
    ],
    "thing": ["the view", "the reading room", "the pool", "our room", "the fireplace", "the garden", "the library"],
    "staff": ["the night porter", "reception", "the breakfast team", "housekeeping", "the concierge", "the bar staff"],
    "good": ["lovely", "spotless", "wonderful", "a real treat", "so kind", "perfect", "better than last year"],
    "bad": ["cold", "dirty", "far too loud", "broken again", "overpriced", "a disappointment", "chaotic"],
    "day": ["today", "last night", "this morning", "on Saturday", "yesterday", "all weekend"],
    "fault": ["the heating", "the wifi", "the shower", "the key card", "the window", "the air conditioning"],
}
POSTS = {
    "praise": {
        "en": [
            "{meal} at Harbour & Pine {hotel} was {good} {day}.",
            "Whoever trained {staff} at @harbourandpine deserves a raise. {good}.",
            "Back at Harbour & Pine {hotel}. {thing} is still {good}.",
            "My mother forgot her pills and {staff} at Harbour & Pine {hotel} drove to the pharmacy. I could cry.",
            "Honestly {thing} at Harbour & Pine {hotel} {day}: {good}. We will be back.",
            "Small thing: {staff} at Harbour & Pine {hotel} remembered our dog's name after a year. Love this place.",
            "Can recommend Harbour & Pine {hotel} for working away from home. Quiet, warm, {good} coffee.",
            "Our train was three hours late and {staff} at harbourandpine kept the soup warm for us. Thank you!",
            "The storm had us stuck at Harbour & Pine {hotel}, and {staff} put on a quiz for everyone. What a night!",
            "Best sleep in months at Harbour & Pine {hotel} {day}. The beds are {good}.",
            "Wedding weekend at Harbour & Pine {hotel}: {staff} were {good} from start to end.",
            "Thank you #HarbourAndPine {hotel}, {thing} made our anniversary.",
        ],
        "pt": [
            "O pequeno-almoço no Harbour & Pine {hotel} estava maravilhoso. Obrigada à equipa!",
            "Que simpatia na receção do Harbour & Pine {hotel}. Voltamos de certeza.",
            "A vista do Harbour & Pine {hotel} vale cada cêntimo.",
        ],
        "es": [
            "Qué gusto volver al Harbour & Pine {hotel}, el personal es un encanto.",
            "Cena riquísima en Harbour & Pine {hotel}.",
        ],
        "de": [
            "Das Frühstück im Harbour & Pine {hotel} war großartig, danke ans Team!",
            "Selten so gut geschlafen wie im Harbour & Pine {hotel}.",
        ],
        "no": [
            "Nydelig frokost på Harbour & Pine {hotel}, og så hyggelige folk!",
            "Harbour & Pine {hotel} er alltid en fryd.",
        ],
        "ja": ["Harbour & Pine {hotel} の朝食がとても美味しかったです。"],
    },
    "plain": {
        "en": [
            "Checking in at Harbour & Pine {hotel} {day}.",
            "Is there parking at Harbour & Pine {hotel}? Arriving by car.",
            "Harbour & Pine {hotel} has {thing} on the second floor, for those who asked.",
            "Conference at Harbour & Pine {hotel} starts at nine, see you in the lobby.",
            "Harbour & Pine is hiring for {hotel}, saw the sign {day}.",
            "Anyone know what time {meal} ends at Harbour & Pine {hotel}?",
            "Meeting my sister at the bar of Harbour & Pine {hotel} {day}.",
            "New menu at @harbourandpine {hotel} from Monday.",
        ],
        "pt": [
            "Alguém sabe a que horas é o check-out no Harbour & Pine {hotel}?",
            "Amanhã reunião no Harbour & Pine {hotel}.",
        ],
        "es": ["¿Hay aparcamiento en el Harbour & Pine {hotel}?"],
        "de": ["Morgen Tagung im Harbour & Pine {hotel}, wer kommt?", "Gibt es im Harbour & Pine {hotel} eine Sauna?"],
        "no": ["Noen som vet når frokosten begynner på Harbour & Pine {hotel}?"],
        "ja": ["明日は Harbour & Pine {hotel} に泊まります。"],
    },
    "complaint": {
        "en": [
            "{fault} at Harbour & Pine {hotel} was {bad} {day} and nobody came.",
            "Not impressed by Harbour & Pine {hotel}. {meal} was {bad}.",
            "Third call about {fault} at @harbourandpine {hotel}. Still waiting.",
            "Paid for a sea view at Harbour & Pine {hotel}, got a wall. Reception was {bad}.",
            "Harbour & Pine {hotel} lost our booking and blamed us. Never again.",
            "The corridor at Harbour & Pine {hotel} was {bad} until two in the morning. No sleep.",
            "Waited 50 minutes to check in at Harbour & Pine {hotel} {day}. Two desks, one person. Awful.",
            "Charged twice by Harbour & Pine {hotel} and the mail bounces. Terrible service.",
        ],
        "pt": [
            "O ar condicionado do Harbour & Pine {hotel} não funciona e ninguém resolve. Uma vergonha.",
            "Quarto sujo no Harbour & Pine {hotel}. Que desilusão.",
        ],
        "es": ["Habitación ruidosa y fría en Harbour & Pine {hotel}. No vuelvo."],
        "de": [
            "Heizung kaputt im Harbour & Pine {hotel}, und keiner kümmert sich.",
            "Eine Stunde auf das Zimmer gewartet, Harbour & Pine {hotel}. Schwach.",
        ],
        "no": ["Iskaldt rom på Harbour & Pine {hotel} i natt. Skuffende."],
        "ja": ["Harbour & Pine {hotel} のシャワーが壊れていました。残念です。"],
    },
    "elsewhere": {
        "en": [
            "Quayside Inns in {hotel} put {meal} up to 24 euro. Madness.",
            "Stayed at Alder Grand {day}, {thing} was {good}.",
            "Pine trees down all along the harbour {day}, mind the road.",
            "Northcape's new lobby in {hotel} is {good}.",
            "The harbour at {hotel} smells of pine and diesel and I love it.",
            "Nobody warns you how loud gulls are. Lovely harbour though.",
            "Linden House {hotel}: {fault} was {bad}. Moving hotels tomorrow.",
            "Looking for a hotel in {hotel} with a lift and a bath, any tips?",
        ],
        "pt": ["O porto estava lindo hoje em {hotel}.", "Os hotéis em {hotel} estão caríssimos."],
        "de": ["Der Hafen in {hotel} im Nebel, wunderschön."],
    },
    "lifts": {
        "en": [
            "Nine floors with a pram at Harbour & Pine Lisbon. Nine. Lifts still dead and no sign saying when.",
            "Both lifts out at Harbour & Pine Lisbon. My mother uses a chair. What is the plan?",
            "Day two of the lifts at harbourandpine Lisbon. The porters are heroes though.",
            "Harbour & Pine Lisbon, 14th floor, no lift, no word from the desk. Really?",
            "Queue of suitcases on the stairs at Harbour & Pine Lisbon. Lifts broken again.",
            "Lift out at Harbour & Pine Lisbon since breakfast. We were moved to the first floor, but had to ask.",
            "If you are checking in at Harbour & Pine Lisbon {day}: pack light, the lifts are broken.",
        ],
        "pt": [
            "Os elevadores do Harbour & Pine Lisboa estão parados desde manhã. Nono andar com malas e um bebé.",
            "Elevador avariado no Harbour & Pine Lisboa e ninguém diz nada. Inaceitável.",
            "Harbour & Pine Lisboa sem elevadores outra vez. Os porteiros são uns santos.",
        ],
        "es": ["Sin ascensor en el Harbour & Pine de Lisboa, octavo piso con maletas. Fatal."],
    },
    "room": {
        "en": [
            "Third night at Harbour & Pine Bergen, third time the heating is off and reception just shrugs. Going to bed in my coat. @harbourandpine"
        ]
    },
}
