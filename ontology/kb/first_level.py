"""First-level regions of countries, for make_kb.py: which names of ISO 3166-2 make the title of an article, and lists of those whose names
ISO writes in another language or spelling."""
import json, re, unicodedata

ISO = "/usr/share/iso-codes/json/iso_3166-2.json"
# ISO code of the country: its title, what follows the name in the article's title, names that ISO spells otherwise. Latin script only.
BY_ISO = {
    "AL": ("Albania", "County"), "AO": ("Angola", "Province"), "AR": ("Argentina", "Province"), "BG": ("Bulgaria", "Province"),
    "BF": ("Burkina_Faso", "Region"), "BI": ("Burundi", "Province"), "BJ": ("Benin", "Department"), "BO": ("Bolivia", "Department"),
    "CG": ("Republic_of_the_Congo", "Department"), "CO": ("Colombia", "Department"), "CR": ("Costa_Rica", "Province"), "CU": ("Cuba", "Province"),
    "DZ": ("Algeria", "Province"), "EC": ("Ecuador", "Province"), "GA": ("Gabon", "Province"), "GH": ("Ghana", "Region"), "GN": ("Guinea", "Region"),
    "GT": ("Guatemala", "Department"), "HN": ("Honduras", "Department"), "HU": ("Hungary", "County"), "JP": ("Japan", "Prefecture"),
    "KE": ("Kenya", "County"), "LR": ("Liberia", "County"), "ML": ("Mali", "Region"), "MZ": ("Mozambique", "Province"), "NA": ("Namibia", "Region"),
    "NE": ("Niger", "Region"), "NG": ("Nigeria", "State"), "NI": ("Nicaragua", "Department"), "PA": ("Panama", "Province"),
    "PG": ("Papua_New_Guinea", "Province"), "PT": ("Portugal", "District"), "PY": ("Paraguay", "Department"), "RO": ("Romania", "County"),
    "SN": ("Senegal", "Region"), "SV": ("El_Salvador", "Department"), "TH": ("Thailand", "Province"), "TN": ("Tunisia", "Governorate"),
    "TR": ("Turkey", "Province"), "TZ": ("Tanzania", "Region"), "UY": ("Uruguay", "Department"), "VN": ("Vietnam", "Province"),
    "ZW": ("Zimbabwe", "Province"), "ZM": ("Zambia", "Province"),
}
KINDS = {"Province", "County", "Department", "Region", "Prefecture", "State", "District", "Governorate", "Administrative region"}
OTHERWISE = {
    "Oita": "Ōita", "Hyogo": "Hyōgo", "Kochi": "Kōchi", "Buri Ram": "Buriram", "Chon Buri": "Chonburi", "Lop Buri": "Lopburi", "Si Sa Ket": "Sisaket",
    "Prachin Buri": "Prachinburi", "Phangnga": "Phang Nga", "Nong Bua Lam Phu": "Nong Bua Lamphu", "L'Ariana": "Ariana", "La Manouba": "Manouba",
    "Le Kef": "Kef", "Kébili": "Kebili", "Médenine": "Medenine", "İstanbul": "Istanbul", "Couffo": "Kouffo", "Atacora": "Atakora",
}
# Names that others have too, that say nothing, or that English calls otherwise.
NOT_SURE = {
    "Córdoba", "La Rioja", "San Juan", "Santa Cruz", "Tierra del Fuego", "La Paz", "El Beni", "Bolívar", "Concepción", "San Pedro", "Sangha", "Plateaux",
    "Islas de la Bahía", "La Habana", "Alger", "Lisboa", "Central", "Western", "Eastern", "Northern", "Southern", "North Western", "North-Western",
    "Hokkaido", "Tokyo", "North East", "Nord", "Sud", "Centre", "Est", "Ouest", "Sofia", "Sofia (stolitsa)", "Colón", "Amazonas", "Bujumbura Mairie",
    "Cabinda", "Pernik", "Amarumayu", "Bulawayo", "Harare", "Maputo", "Kwanza Sul", "Kigali", "Santa Fe", "Atlántico", "Luanda", "Granada", "León",
}
# Country: pattern of the title; names.
LISTS = [
    ("Afghanistan", "{} Province", "Balkh|Bamyan|Badghis|Badakhshan|Baghlan|Daykundi|Farah|Faryab|Ghazni|Ghor|Helmand|Herat|Jowzjan|Kabul|Kandahar|"
     "Kapisa|Khost|Kunar|Kunduz|Laghman|Logar|Nangarhar|Nimruz|Nuristan|Paktia|Paktika|Panjshir|Parwan|Samangan|Takhar|Zabul"),
    ("Iraq", "{} Governorate", "Al Anbar|Basra|Dhi Qar|Diyala|Erbil|Karbala|Kirkuk|Maysan|Muthanna|Najaf|Nineveh|Saladin|Sulaymaniyah|Wasit|Baghdad"),
    ("Syria", "{} Governorate", "Aleppo|Damascus|Daraa|Deir ez-Zor|Hama|Al-Hasakah|Homs|Idlib|Latakia|Quneitra|Raqqa|Tartus"),
    ("Yemen", "{} Governorate", "Abyan|Aden|Dhamar|Hajjah|Ibb|Shabwah|Taiz|Al Hudaydah|Al Jawf"),
    ("Egypt", "{} Governorate", "Alexandria|Aswan|Asyut|Beheira|Beni Suef|Cairo|Dakahlia|Damietta|Faiyum|Gharbia|Giza|Ismailia|Luxor|Minya|Monufia|"
     "New Valley|North Sinai|Port Said|Qalyubia|Qena|Sharqia|Sohag|South Sinai|Suez"),
    ("Iran", "{} Province", "Alborz|Ardabil|Bushehr|Chaharmahal and Bakhtiari|Fars|Gilan|Golestan|Hormozgan|Ilam|Isfahan|Kerman|Kermanshah|Khuzestan|"
     "Kohgiluyeh and Boyer-Ahmad|Lorestan|Markazi|Mazandaran|North Khorasan|Qazvin|Qom|Razavi Khorasan|Semnan|Sistan and Baluchestan|"
     "South Khorasan|Tehran|Yazd|Zanjan"),
    ("Jordan", "{} Governorate", "Amman|Irbid|Zarqa|Mafraq|Jerash|Madaba|Karak|Aqaba"),
    ("Lebanon", "{} Governorate", "Akkar|Baalbek-Hermel|Beirut|Beqaa|Mount Lebanon"),
    ("State_of_Palestine", "{} Governorate", "Bethlehem|Hebron|Jenin|Jericho|Nablus|Qalqilya|Tulkarm|Khan Yunis|Rafah|Gaza|North Gaza|Salfit|Tubas"),
    ("Ukraine", "{} Oblast", "Cherkasy|Chernihiv|Chernivtsi|Dnipropetrovsk|Donetsk|Ivano-Frankivsk|Kharkiv|Kherson|Khmelnytskyi|Kirovohrad|Luhansk|"
     "Lviv|Mykolaiv|Poltava|Rivne|Sumy|Ternopil|Vinnytsia|Volyn|Zakarpattia|Zhytomyr"),
    ("Russia", "{} Oblast", "Amur|Arkhangelsk|Astrakhan|Belgorod|Bryansk|Chelyabinsk|Irkutsk|Ivanovo|Kaliningrad|Kaluga|Kemerovo|Kirov|Kostroma|Kurgan|"
     "Kursk|Leningrad|Lipetsk|Magadan|Moscow|Murmansk|Nizhny Novgorod|Novgorod|Novosibirsk|Omsk|Orenburg|Oryol|Penza|Pskov|Rostov|Ryazan|"
     "Sakhalin|Samara|Saratov|Smolensk|Sverdlovsk|Tambov|Tomsk|Tula|Tver|Tyumen|Ulyanovsk|Vladimir|Volgograd|Vologda|Voronezh|Yaroslavl|"
     "Jewish Autonomous"),
    ("Russia", "{} Krai", "Altai|Kamchatka|Khabarovsk|Krasnodar|Krasnoyarsk|Perm|Primorsky|Stavropol|Zabaykalsky"),
    ("Russia", "{}", "Adygea|Altai Republic|Bashkortostan|Buryatia|Chuvashia|Dagestan|Ingushetia|Kabardino-Balkaria|Kalmykia|Karachay-Cherkessia|"
     "Republic of Karelia|Khakassia|Komi Republic|Mari El|Mordovia|North Ossetia-Alania|Sakha Republic|Tatarstan|Udmurtia|Chukotka Autonomous Okrug|"
     "Nenets Autonomous Okrug|Yamalo-Nenets Autonomous Okrug"),
    ("Belarus", "{} Region", "Brest|Gomel|Grodno|Minsk|Vitebsk"),
    ("Kazakhstan", "{} Region", "Akmola|Aktobe|Almaty|Atyrau|East Kazakhstan|Karaganda|Kostanay|Kyzylorda|North Kazakhstan|Pavlodar|West Kazakhstan"),
    ("Kyrgyzstan", "{} Region", "Batken|Naryn|Osh|Talas|Issyk-Kul"),
    ("Uzbekistan", "{} Region", "Andijan|Bukhara|Fergana|Namangan|Samarqand|Tashkent"), ("Uzbekistan", "{}", "Karakalpakstan"),
    ("Sweden", "{} County", "Stockholm|Uppsala|Södermanland|Östergötland|Jönköping|Kronoberg|Kalmar|Gotland|Blekinge|Skåne|Halland|Västra Götaland|"
     "Värmland|Örebro|Västmanland|Dalarna|Gävleborg|Västernorrland|Jämtland|Västerbotten|Norrbotten"),
    ("Norway", "{}", "Rogaland|Nordland|Hordaland|Sogn og Fjordane|Hedmark|Oppland|Buskerud|Vestfold|Akershus|Østfold|Nord-Trøndelag|Sør-Trøndelag|"
     "Vest-Agder|Aust-Agder|Møre og Romsdal|Finnmark|Vestland|Innlandet|Trøndelag"),
    ("Finland", "{}", "Kainuu|Kymenlaakso|Pirkanmaa|Satakunta|Uusimaa|North Karelia|South Karelia|Central Finland|Central Ostrobothnia"),
    ("Poland", "{} Voivodeship", "Greater Poland|Lesser Poland|Łódź|Lower Silesian|Lublin|Lubusz|Opole|Pomeranian|Silesian|Świętokrzyskie|"
     "West Pomeranian|Masovian"),
    ("Czech_Republic", "{} Region", "Central Bohemian|South Bohemian|Plzeň|Karlovy Vary|Ústí nad Labem|Liberec|Hradec Králové|Pardubice|Vysočina|"
     "South Moravian|Olomouc|Zlín|Moravian-Silesian"),
    ("Slovakia", "{} Region", "Banská Bystrica|Bratislava|Košice|Nitra|Prešov|Trenčín|Trnava|Žilina"),
    ("Estonia", "{} County", "Harju|Hiiu|Ida-Viru|Jõgeva|Järva|Lääne|Lääne-Viru|Põlva|Pärnu|Rapla|Saare|Tartu|Valga|Viljandi|Võru"),
    ("Lithuania", "{} County", "Alytus|Kaunas|Klaipėda|Marijampolė|Panevėžys|Šiauliai|Tauragė|Telšiai|Utena|Vilnius"),
    ("Croatia", "{} County", "Zagreb|Krapina-Zagorje|Sisak-Moslavina|Karlovac|Varaždin|Koprivnica-Križevci|Bjelovar-Bilogora|Primorje-Gorski Kotar|"
     "Lika-Senj|Virovitica-Podravina|Požega-Slavonia|Brod-Posavina|Zadar|Osijek-Baranja|Šibenik-Knin|Split-Dalmatia|Istria|Dubrovnik-Neretva|"
     "Međimurje"),
    ("Switzerland", "Canton of {}", "Zürich|Bern|Lucerne|Uri|Schwyz|Glarus|Zug|Fribourg|Solothurn|Schaffhausen|Neuchâtel|Geneva|Jura|St. Gallen"),
    ("Switzerland", "{}", "Aargau|Thurgau|Vaud|Valais|Graubünden|Ticino|Basel-Stadt|Basel-Landschaft|Appenzell Ausserrhoden|Appenzell Innerrhoden|"
     "Obwalden|Nidwalden"),
    ("Netherlands", "{}", "Drenthe|Flevoland|Friesland|Gelderland|North Brabant|North Holland|Overijssel|South Holland"),
    ("Belgium", "{}", "East Flanders|West Flanders|Flemish Brabant|Walloon Brabant"),
    ("Spain", "{}", "Aragon|Asturias|Cantabria|Extremadura|Region of Murcia|Navarre|Canary Islands|Balearic Islands|Castile and León"),
    ("Spain", "Province of {}", "Albacete|Alicante|Almería|Badajoz|Barcelona|Burgos|Ciudad Real|Girona|Huelva|Huesca|Lleida|Lugo|Málaga|Ourense|"
     "Palencia|Pontevedra|Salamanca|Segovia|Seville|Soria|Tarragona|Teruel|Valladolid|Zaragoza|Cádiz|Cáceres"),
    ("France", "{}", "Grand Est|Hauts-de-France|Île-de-France|Nouvelle-Aquitaine|Pays de la Loire|Centre-Val de Loire|Bourgogne-Franche-Comté|"
     "Auvergne-Rhône-Alpes|Aisne|Ardèche|Aveyron|Bouches-du-Rhône|Charente-Maritime|Côte-d'Or|Côtes-d'Armor|Dordogne|Doubs|Drôme|Essonne|"
     "Eure-et-Loir|Finistère|Gironde|Haute-Corse|Haute-Garonne|Haute-Loire|Haute-Marne|Haute-Savoie|Haute-Saône|Haute-Vienne|Hautes-Alpes|"
     "Hautes-Pyrénées|Haut-Rhin|Bas-Rhin|Hauts-de-Seine|Hérault|Ille-et-Vilaine|Indre-et-Loire|Isère|Loir-et-Cher|Loire-Atlantique|Loiret|"
     "Lot-et-Garonne|Lozère|Maine-et-Loire|Meurthe-et-Moselle|Morbihan|Nièvre|Pas-de-Calais|Puy-de-Dôme|Pyrénées-Atlantiques|"
     "Pyrénées-Orientales|Saône-et-Loire|Seine-et-Marne|Seine-Maritime|Seine-Saint-Denis|Deux-Sèvres|Tarn-et-Garonne|Territoire de Belfort|"
     "Val-d'Oise|Val-de-Marne|Vaucluse|Vendée|Yvelines|Corse-du-Sud|Alpes-Maritimes|Alpes-de-Haute-Provence"),
    ("Italy", "{}", "Piedmont|Lombardy|Veneto|Liguria|Emilia-Romagna|Tuscany|Umbria|Marche|Lazio|Abruzzo|Molise|Campania|Apulia|Basilicata|Calabria|"
     "Aosta Valley|Friuli-Venezia Giulia"),
    ("Italy", "Province of {}", "Agrigento|Alessandria|Ancona|Arezzo|Ascoli Piceno|Asti|Avellino|Belluno|Benevento|Bergamo|Biella|Brescia|Brindisi|"
     "Caltanissetta|Campobasso|Caserta|Catanzaro|Chieti|Como|Cosenza|Cremona|Crotone|Cuneo|Enna|Ferrara|Foggia|Frosinone|Gorizia|Grosseto|"
     "Imperia|Isernia|L'Aquila|La Spezia|Latina|Lecce|Lecco|Livorno|Lodi|Lucca|Macerata|Matera|Modena|Novara|Nuoro|Oristano|Padua|Parma|Pavia|"
     "Perugia|Pescara|Piacenza|Pisa|Pistoia|Pordenone|Potenza|Prato|Ragusa|Ravenna|Rieti|Rimini|Rovigo|Salerno|Sassari|Savona|Siena|Sondrio|"
     "Taranto|Teramo|Terni|Trapani|Treviso|Trieste|Udine|Varese|Vercelli|Verona|Vicenza|Viterbo"),
    ("Republic_of_Ireland", "County {}", "Carlow|Cavan|Clare|Cork|Donegal|Dublin|Galway|Kerry|Kildare|Kilkenny|Laois|Leitrim|Limerick|Longford|Louth|"
     "Mayo|Meath|Monaghan|Offaly|Roscommon|Sligo|Tipperary|Waterford|Westmeath|Wexford|Wicklow"),
    ("Northern_Ireland", "County {}", "Antrim|Armagh|Down|Fermanagh|Londonderry|Tyrone"),
    ("Cambodia", "{} Province", "Banteay Meanchey|Battambang|Kampong Cham|Kampong Chhnang|Kampong Speu|Kampong Thom|Kampot|Kandal|Kep|Koh Kong|"
     "Mondulkiri|Oddar Meanchey|Pailin|Preah Vihear|Prey Veng|Pursat|Ratanakiri|Siem Reap|Stung Treng|Svay Rieng"),
    ("Laos", "{} Province", "Attapeu|Bokeo|Champasak|Khammouane|Luang Namtha|Luang Prabang|Phongsaly|Savannakhet|Vientiane"),
    ("South_Korea", "{} Province", "Gyeonggi|North Gyeongsang|South Gyeongsang|North Chungcheong|South Chungcheong|North Jeolla|South Jeolla|Jeju"),
    ("North_Korea", "{} Province", "North Hamgyong|South Hamgyong|North Hwanghae|South Hwanghae|Chagang|Ryanggang"),
    ("Indonesia", "{}", "Banten|Central Java|East Java|West Java|Central Kalimantan|East Kalimantan|North Kalimantan|South Kalimantan|West Kalimantan|"
     "Central Sulawesi|North Sulawesi|South Sulawesi|Southeast Sulawesi|West Sulawesi|North Sumatra|South Sumatra|West Sumatra|East Nusa Tenggara|"
     "West Nusa Tenggara|North Maluku|Bangka Belitung Islands|Bengkulu|Gorontalo|Lampung"),
    ("Myanmar", "{}", "Kachin State|Kayah State|Kayin State|Chin State|Mon State|Rakhine State|Shan State|Sagaing Region|Bago Region|Magway Region|"
     "Mandalay Region|Tanintharyi Region|Yangon Region|Ayeyarwady Region"),
    ("Nepal", "{} Province", "Bagmati|Gandaki|Lumbini|Karnali|Sudurpashchim"),
    ("Bangladesh", "{} Division", "Chittagong|Dhaka|Khulna|Mymensingh|Rajshahi|Rangpur|Sylhet"),
    ("Philippines", "{}", "Albay|Batangas|Benguet|Bohol|Bukidnon|Bulacan|Camarines Norte|Camarines Sur|Capiz|Catanduanes|Davao del Norte|"
     "Davao del Sur|Davao Oriental|Eastern Samar|Ilocos Norte|Ilocos Sur|Lanao del Norte|Lanao del Sur|Maguindanao|Marinduque|Misamis Occidental|"
     "Misamis Oriental|Negros Occidental|Negros Oriental|Northern Samar|Nueva Ecija|Nueva Vizcaya|Occidental Mindoro|Oriental Mindoro|Palawan|"
     "Pampanga|Pangasinan|Romblon|Sarangani|Sorsogon|South Cotabato|Southern Leyte|Surigao del Norte|Surigao del Sur|Tawi-Tawi|Zambales|"
     "Zamboanga del Norte|Zamboanga del Sur|Zamboanga Sibugay|Agusan del Norte|Agusan del Sur|Aklan|Apayao|Basilan|Biliran|Ifugao|"
     "Mountain Province|Siquijor"),
    ("Somalia", "{}", "Awdal|Bakool|Galguduud|Gedo|Mudug|Sanaag|Togdheer|Lower Shabelle|Middle Shabelle|Lower Juba|Middle Juba"),
    ("Central_African_Republic", "{}", "Haute-Kotto|Basse-Kotto|Mbomou|Haut-Mbomou|Bamingui-Bangoran|Nana-Mambéré"),
    ("South_Sudan", "{}", "Central Equatoria|Eastern Equatoria|Western Equatoria|Western Bahr el Ghazal|Northern Bahr el Ghazal|Jonglei"),
    ("Sudan", "{}", "North Darfur|South Darfur|West Darfur|Central Darfur|East Darfur|North Kordofan|South Kordofan|West Kordofan"),
]


def plain(name):
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


def from_iso():
    try:
        with open(ISO, encoding="utf-8") as f: rows = json.load(f)["3166-2"]
    except OSError:
        return
    for row in rows:
        country, suffix = BY_ISO.get(row["code"][:2], ("", ""))
        name = OTHERWISE.get(row["name"], row["name"])
        if not country or "parent" in row or row["type"] not in KINDS or name in NOT_SURE or name.endswith(suffix): continue
        if re.fullmatch(r"[^\W\d_]+([ '’-][^\W\d_]+)*", name): yield country, f"{name} {suffix}"


def regions():
    """(country, label) of each region, whose title is the label with underscores; what two countries have is nobody's"""
    found = list(from_iso()) + [(c, pattern.format(n)) for c, pattern, names in LISTS for n in names.split("|")]
    times = {}
    for country, label in found: times.setdefault(plain(label), set()).add(country)
    return sorted({(c, l) for c, l in found if len(times[plain(l)]) == 1})
