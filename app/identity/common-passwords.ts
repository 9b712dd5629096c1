/** Passwords that are tried first: what leaks show most often, keyboard walks, and what people think of in a hurry. */
const LIST = `
password passwort passw0rd p@ssword p@ssw0rd pa55word pa$$word motdepasse contraseña contrasena wachtwoord senha parola
salasana lozinka haslo heslo jelszo losenord lösenord passord adgangskode mypassword newpassword yourpassword thepassword
passwordpassword mypasswordis password1 password12 password123 password1234 password12345 letmein letmeinnow letmeinplease
welcome welcomeback welcome1 welcome123 welcome2candor willkommen bienvenue benvenuto bienvenido changeme changemenow
changeit changethis pleasechange pleasechangeme default defaultpassword temporary temppassword temppass secret secretpassword
topsecret verysecret mysecret supersecret administrator admin admin123 adminadmin adminpassword sysadmin superuser rootroot
rootpassword toor root useruser username userpassword guest guestguest guestpassword testtest testtesttest testpassword
testing testing123 testuser testaccount demo demodemo demopassword example examplepassword sample samplepassword
qwerty qwerty123 qwerty1234 qwerty12345 qwerty123456 qwertyui qwertyuiop qwertyuiop123 qwertyqwerty qwertz qwertzuiop azerty
azertyuiop asdf asdfasdf asdfghjkl asdfghjkl123 asdfghjklasdfghjkl zxcvbnm zxcvbnm123 qazwsx qazwsxedc qazwsxedcrfv
qazwsxedcrfvtgb 1qaz2wsx 1qaz2wsx3edc 1qaz2wsx3edc4rfv 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y 1qazxsw2 zaq12wsx zaq1zaq1 q1w2e3r4
q1w2e3r4t5 q1w2e3r4t5y6 qweasdzxc qweasd qweqweqwe asdasdasd zxczxczxc poiuytrewq lkjhgfdsa mnbvcxz 0987654321 0123456789
1234567890 12345678910 123456789a 1234567891 123456789q a123456789 abc123456789 123abc123 abc123 abc123abc abcabcabc abcd1234
abcdefg abcdefgh abcdefghij 123123123 123123123123 1231231234 123321123 1234554321 12344321 112233445566 1122334455 11223344
147258369 147852369 159753456 159357 741852963 963852741 789456123 987654321 9876543210 1111111111 0000000000 123qweasd
123qweasdzxc 123qwe123qwe qwe123qwe123 q123456789 aa123456789 aa12345678 1234qwer asdf1234 qwer1234 zxcv1234 1a2b3c4d5e
iloveyou iloveyou1 iloveyou2 iloveyousomuch iloveme loveyou lovelove loveloveme babygirl sweetheart princess sunshine
sunshine1 chocolate butterfly strawberry cheesecake rainbow flower flowers dragon dragonball monkey monkeymonkey superman
superman1 spiderman batman batmanbatman ironman wonderwoman starwars startrek pokemon pokemonmaster minecraft fortnite
callofduty counterstrike counter-strike worldofwarcraft warcraft playstation nintendo xboxlive football footballfan
basketball baseball volleyball softball swimming liverpool liverpoolfc manchester manchesterunited manchestercity chelsea
chelseafc arsenal arsenalfc barcelona fcbarcelona realmadrid juventus bayernmunich borussia ajax galatasaray fenerbahce
lakers yankees cowboys steelers eagles patriots michael michelle jennifer jessica jordan jordan23 michaeljordan ashley amanda
daniel thomas charlie charlie1 andrew matthew nicholas christopher alexander alexandra elizabeth stephanie samantha victoria
benjamin jonathan veronica computer computer1 internet internetinternet networking microsoft windows windows10 windows11
google googlegoogle facebook instagram whatsapp linkedin twitter youtube snapchat amazon samsung samsunggalaxy android
motorola blackberry hello hellohello hello123 helloworld hello-world hello_world helloworld1 whatever whatever1 nothing
nothingness trustno1 trustnoone nopassword nopasswordhere idontknow dontknow forgotten iforgot forgotpassword rememberme
opensesame open-sesame abracadabra fuckyou fuckyou1 fuckyou123 fuckoffffff asshole bullshit motherfucker blahblah blahblahblah
lololololol hahahahaha jesuschrist jesus jesusislord godisgood godisgreat blessed blessing heaven angel angels angelina
freedom liberty america unitedstates england london paris berlin germany deutschland france espana italia nederland poland
polska brasil mexico argentina canada australia india pakistan bangladesh singapore hongkong newyork newyorkcity losangeles
california sanfrancisco chicago boston texas florida january february march april september october november december monday
tuesday wednesday thursday friday saturday sunday spring summer autumn winter spring2024 summer2024 autumn2024 winter2024
spring2025 summer2025 autumn2025 winter2025 spring2026 summer2026 autumn2026 winter2026 mustang ferrari ferrarif430 porsche
mercedes mercedesbenz corvette lamborghini harley harleydavidson yamaha hondacivic toyota chevrolet guitar metallica nirvana
eminem slipknot greenday blink182 linkinpark beatles thebeatles rollingstones elvispresley correcthorse correcthorsebattery
correcthorsebatterystaple correct-horse-battery-staple correct_horse_battery_staple hunter2 hunter2hunter2 swordfish
shadow shadow123 master masterkey masterpassword mastermaster killer killerkiller hacker hackerman matrix matrixmatrix
phoenix maverick mercury thunder thunderbird lightning midnight midnightsun diamond diamonds goldfish silver silverfox
platinum cookie cookies cookiemonster cupcake peanut peanutbutter pepper peppermint ginger gingerbread banana bananas orange
oranges pineapple watermelon blueberry raspberry cherry cherries tigger tigers tigerwoods lionking scooby scoobydoo snoopy
snoopdogg garfield mickeymouse mickey minnie donald donaldduck winnie winniepooh bugsbunny hellokitty barbie barbiegirl
cinderella nopass candor candorcandor candorpassword candoradmin incident incidents postmortem postmortems company
companyname mycompany corporate business office office365 service services support helpdesk security securepassword secure
database postgres postgresql postgrespostgres sqlserver mysql oracle redis mongodb docker kubernetes jenkins gitlab github
`

export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(LIST.trim().split(/\s+/))
