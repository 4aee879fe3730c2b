/** Ordinary words, and rarer ones of medicine, that stand one slip away from words of radiology and would be taken for them. */
export const ORDINARY_WORDS: readonly string[] = `
about above abroad absent absorb abuse accept access account across action active actual adapt added adjust admit adult advance
advice affect after again agent agree ahead alarm album alert alike alive allow alone along already alter altered always among amount
anger angle ankle annual answer anyone apart appear apply area arise around arrange arrive aside asked assess assume attach attempt
attend audit author avoid awake award aware badly balance basic basis batch beach bears beast became because become before began begin
behave behind being belief below bench beneath berth beside better between beyond birth black blame bland blast bleed blend blind
blink block blood board boast boost bored bound brace brave break breath bride brief bring broad broke broken brought brown build built
bunch burnt burst buyer cabin cable calls camera candle cannot canon carbon careful carry carpus cases catch cause caused causes
cease cells center central chain chair chance change channel charge chart cheap check cheek cherry chief child choice choose chose
circle civil claim class clean clear clever click climb clinic clock close closed closer cloth coarse coast coats coded cohort
collar colon column comes common compare complete compound concern conclude condition confirm connect consent consult contact contain
content context contour control convert cough could count couple course court cover covers craft crash cream creak cross crowd cruel
crush curve cycle daily dance danger dated dates death decade decide deeper defer degree delay demand dense depend depth derive
describe desert design desire detail detect develop device differ difficult dinner direct discuss distant divide doctor doing double
doubt dozen draft drain drawn dream dress drift drink drive drops drove during early earth easier easily eaten edges effaces effort
eight either elder elect else emerge emergency employ empty enable ended energy engage enjoy enough enter entire entry equal equip error
escape estimate even event every exact exam exams except excess exist expand expect expert explain expose extend extent extra
eyelid facts failed fails faint fairly faith falls false family famous fault favor favour feels fever fewer fibre field fifth
fight figure filed fills final finally finds finger finish first fitted fixed flame flash fleet flesh float flood floor flour fluid
focus follow force forced fores forest forget formal format former forms forth forty forum found fourth frame fresh friend front
fruit fully funny further future gained gather general gently gives given glass globe going goitre grade grand grant grass grave
great greater green greet grief grill grind gross ground group grown guard guess guide guest habit hands handle happen hardly harsh
haste hasten health heard hearing heavy height hello hence herself hidden higher highly himself hints history holds honest honor
hoped horse hospital hotel hours house human hurry ideal ilium image images imaging impact import impose inches include increase
indeed indoor infant inform initial inject injure inner input inside insist inspect instead intend invite inward issue items itself
joined jolly judge juice junior keeps knife knock known labour ladder lands large larger laser lasts later latter laugh layer leads
learn least leave legal lesson letter level levels lever light lights likely limit limits lines linear liquid listen liver living
local locate locked lodge logic longer looks loose lorry loses losing lower lucky lunch lying major makes maker manage manner march
marked market match matter maybe means meant measure median medical medicine meets member memory mental merely metal method middle
might miles minds minor minus minute mixed model modern moment money month months moral morning mostly mother motion motor mount
mouse mouth moved moves movie music myself named names narrow nation native nature nearby nearly neat needed needs neither nerve
never newer newly night noise norma normal north noted notes notice novel number nurse object oblique observe obtain obvious occur
offer office often older onset opacify opens opera option order ordered organ origin other others ought ounce outer output outside
owing owned owner paged pages paint paired panel paper parent parts party passed past paste patch paths patient patients pause peace
penny people perhaps period person phase phone photo phrase picked piece pilot pinch pitch place placed places plain plane planes
plant plate plays please plenty plural point points police porter poses posed postal pound power precise prefer prepare present
press pretty prevent price pride primary prime print prior private prize probable proceed process produce profile project prompt
proof proper protect proud prove provide public pulls pulse punch pupil purple purpose pursue quick quiet quite quote radical radio
raise raised ranch range rapid rarely rated rates rather ratio reach react reads ready really reason recall receive recent record
rectus reduce refer refers reform refuse regain regard region relate relax release relief rely remain remark remind remote remove
renew repair repeat reply report reports request rescue reset resist resort rest restore result retain return reveal review rider
right rigid rings rises river roads robot rocks rolled roman roomy roots rough round route rubber rules ruler rural rupture sadly
safer safety saint salad sales sandy saved scale scales scan scans scapular scare scene scent school scope score screen search
season seated second secret section secure seems seen select senior sense sensed sent separate serial series serious serve served
service seven severe shade shake shall shape share sharp sheer sheet shelf shell shift shine shirt shock shore short shot should
shown shows sides sight signal signed silent silly simple since single sites sixth skill skirt sleep slice slide slight slope slow
slowly small smart smell smile smoke smooth snack social solar solid solve someone sorry sorts sound source south space spare speak
special speed spend spent spite split spoke sport spot spread spring square stable staff stage stain stair stamp stand stands stare
start state states status stays steady steam steel steep stern stick stiff still stock stole store storm story strain strange
street stretch strict strike string strip stroke strong struck structure study stuff style such sudden suffer sugar suggest suit
supply support sure surely surface surgery survey swear sweat sweep sweet swift swing switch sword syntax system table taken takes
talk target taste taught teach team tears teeth tells tempo tends tense terms tests texts thank their theme there these thick thief
thing things think third those though thought thread threat three threw throat through throw thumb tight times tired tissue title
toast today tools topic total touch tough toward tower trace track trade train travel treat treated trend trial tribe trick tries
trips truck truly trunk trust truth tumble tunes turns twelve twenty twice twist typed types uncle under union unite units until
upper upset urban urgent usage used useful usual utter valid value valued vapor varied varies vary vast venue verse versus video
views visit vital vivid vocal voice volume voted wages waist waiting walks wants warms waste watch water waves weaker wealth weary
weigh weight weird whale wheat wheel where which while white whole whose widely wider width winter wired wiser within without woman
women words worked works world worry worse worst worth would wound wrist write written wrong wrote yards years yield young yours
calculous haustra rectal femora ischia ischial iliac ileal mucus mucous mucosa vesical vesicle callus callous trachea tracheal plantar
palmar perineal peroneal peritoneal pleura plural facet facets fascial facial ureter urethra ureteral urethral colonic ovarian labial
labral humeral humoral temporal tempora discs disks dural mural aural renal radial cardia cardiac carotid carinal coronal coronary
`
  .trim()
  .split(/\s+/);
