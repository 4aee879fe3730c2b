/**
 * Words of radiology that a general dictionary lacks, with their phones in ARPABET as CMUdict writes them (no stress).
 * Our own transcriptions of American speech. One word a line.
 */
export const RADIOLOGY_PHONES = `
abscesses AE B S EH S IH Z
acetabular AE S AH T AE B Y AH L ER
acetabulum AE S AH T AE B Y AH L AH M
acromioclavicular AH K R OW M IY OW K L AH V IH K Y AH L ER
acromion AH K R OW M IY AH N
adenoma AE D AH N OW M AH
adenomas AE D AH N OW M AH Z
adenomyosis AE D AH N OW M AY OW S IH S
adnexa AE D N EH K S AH
adnexal AE D N EH K S AH L
adrenals AH D R IY N AH L Z
aerated EH R EY T IH D
amenorrhea EY M EH N ER IY AH
aneurysms AE N Y ER IH Z AH M Z
angiography AE N JH IY AA G R AH F IY
angiomyolipoma AE N JH IY OW M AY OW L IH P OW M AH
angulation AE NG G Y AH L EY SH AH N
antegrade AE N T IH G R EY D
anterolisthesis AE N T ER OW L IH S TH IY S IH S
anticoagulation AE N T IY K OW AE G Y AH L EY SH AH N
apices EY P IH S IY Z
aponeurosis AE P AH N UH R OW S IH S
appendicolith AH P EH N D IH K OW L IH TH
arachnoid AH R AE K N OY D
arteriovenous AA R T IH R IY OW V IY N AH S
arthropathy AA R TH R AA P AH TH IY
arthroplasty AA R TH R AH P L AE S T IY
ascites AH S AY T IY Z
aspects AE S P EH K T S
aspirated AE S P ER EY T IH D
assessable AH S EH S AH B AH L
astrocytoma AE S T R OW S AY T OW M AH
atelectasis AE T AH L EH K T AH S IH S
atelectatic AE T AH L AH K T AE T IH K
atheroma AE TH ER OW M AH
atherosclerotic AE TH ER OW S K L ER AA T IH K
atrophic EY T R AA F IH K
attenuation AH T EH N Y UW EY SH AH N
avascular EY V AE S K Y AH L ER
avulsion AH V AH L SH AH N
axilla AE K S IH L AH
axillae AE K S IH L IY
axillary AE K S AH L EH R IY
bankart B AE NG K AA R T
basilar B AE S AH L ER
bibasilar B AY B AE S AH L ER
bifurcation B AY F ER K EY SH AH N
biliary B IH L IY EH R IY
bosniak B AA Z N IY AE K
brainstem B R EY N S T EH M
bronchi B R AA NG K AY
bronchial B R AA NG K IY AH L
bronchiectasis B R AA NG K IY EH K T AH S IH S
bronchiolitis B R AA NG K IY OW L AY T IH S
bronchogram B R AA NG K AH G R AE M
bronchograms B R AA NG K AH G R AE M Z
bronchus B R AA NG K AH S
bruit B R UW IY
bullae B UH L IY
bursitis B ER S AY T IH S
buscopan B AH S K OW P AE N
calcaneal K AE L K EY N IY AH L
calcaneus K AE L K EY N IY AH S
calcification K AE L S AH F AH K EY SH AH N
calcifications K AE L S AH F AH K EY SH AH N Z
calculi K AE L K Y AH L AY
callosum K AH L OW S AH M
calvarial K AE L V EH R IY AH L
calvarium K AE L V EH R IY AH M
calyceal K AE L AH S IY AH L
calyces K EY L AH S IY Z
cardiomediastinal K AA R D IY OW M IY D IY AH S T AY N AH L
cardiomegaly K AA R D IY OW M EH G AH L IY
cardiophrenic K AA R D IY OW F R EH N IH K
cardiothoracic K AA R D IY OW TH ER AE S IH K
carina K ER IY N AH
carotids K ER AA T IH D Z
cauda K AO D AH
caudate K AO D EY T
caudal K AO D AH L
cavernoma K AE V ER N OW M AH
cavitary K AE V AH T EH R IY
cavitation K AE V AH T EY SH AH N
cavoatrial K EY V OW EY T R IY AH L
cecal S IY K AH L
cecum S IY K AH M
celiac S IY L IY AE K
centrum S EH N T R AH M
cerebellar S EH R AH B EH L ER
cerebellum S EH R AH B EH L AH M
chiari K IY AA R IY
cholangitis K OW L AE N JH AY T IH S
cholangiocarcinoma K OW L AE N JH IY OW K AA R S AH N OW M AH
cholecystectomy K OW L AH S IH S T EH K T AH M IY
cholecystitis K OW L AH S IH S T AY T IH S
choledocholithiasis K AH L EH D AH K OW L IH TH AY AH S IH S
cholelithiasis K OW L AH L IH TH AY AH S IH S
cholesteatoma K OW L AH S T IY AH T OW M AH
chondromalacia K AA N D R OW M AH L EY SH AH
choroid K AO R OY D
clariscan K L EH R IH S K AE N
clavicular K L AH V IH K Y AH L ER
coccyx K AA K S IH K S
colic K AA L IH K
colitis K AH L AY T IH S
collaterals K AH L AE T ER AH L Z
comminuted K AA M AH N UW T IH D
compressibility K AH M P R EH S AH B IH L AH T IY
compressible K AH M P R EH S AH B AH L
condyle K AA N D AY L
condyles K AA N D AY L Z
condylar K AA N D AH L ER
conus K OW N AH S
convexity K AH N V EH K S AH T IY
coracoid K AO R AH K OY D
corticomedullary K AO R T IH K OW M EH D AH L EH R IY
costochondral K AA S T OW K AA N D R AH L
costophrenic K AA S T OW F R EH N IH K
couinaud K W IY N OW
craniectomy K R EY N IY EH K T AH M IY
craniocaudal K R EY N IY OW K AO D AH L
craniocervical K R EY N IY OW S ER V IH K AH L
craniotomy K R EY N IY AA T AH M IY
cruciate K R UW SH IY AH T
deauville D OW V IH L
debakey D AH B EY K IY
decubitus D IH K Y UW B AH T AH S
deltoid D EH L T OY D
demineralization D IY M IH N ER AH L AH Z EY SH AH N
demyelinating D IY M AY AH L AH N EY T IH NG
demyelination D IY M AY AH L AH N EY SH AH N
dermoid D ER M OY D
desiccation D EH S AH K EY SH AH N
diaphysis D AY AE F AH S IH S
diastasis D AY AE S T AH S IH S
diastatic D AY AH S T AE T IH K
diastolic D AY AH S T AA L IH K
discitis D IH S K AY T IH S
distension D IH S T EH N SH AH N
diverticula D AY V ER T IH K Y AH L AH
diverticulitis D AY V ER T IH K Y AH L AY T IH S
diverticulosis D AY V ER T IH K Y AH L OW S IH S
diverticulum D AY V ER T IH K Y AH L AH M
dotarem D OW T AH R EH M
dotatate D OW T AH T EY T
drainable D R EY N AH B AH L
ductal D AH K T AH L
duodenal D UW AH D IY N AH L
duplex D UW P L EH K S
dural D UH R AH L
dyspnea D IH S P N IY AH
dysphagia D IH S F EY JH AH
echogenic EH K OW JH EH N IH K
echogenicity EH K OW JH AH N IH S AH T IY
echotexture EH K OW T EH K S CH ER
ectasia EH K T EY ZH AH
ectopic EH K T AA P IH K
edematous IH D EH M AH T AH S
effaced IH F EY S T
effacement IH F EY S M AH N T
effusion IH F Y UW ZH AH N
effusions IH F Y UW ZH AH N Z
emboli EH M B AH L AY
embolization EH M B AH L AH Z EY SH AH N
embolus EH M B AH L AH S
empyema EH M P AY IY M AH
encephalomalacia EH N S EH F AH L OW M AH L EY SH AH
encephalopathy EH N S EH F AH L AA P AH TH IY
enchondroma EH N K AA N D R OW M AH
endoleak EH N D OW L IY K
endometrial EH N D OW M IY T R IY AH L
endometrioma EH N D OW M IY T R IY OW M AH
endometrium EH N D OW M IY T R IY AH M
endotracheal EH N D OW T R EY K IY AH L
endplate EH N D P L EY T
endplates EH N D P L EY T S
enterocolitis EH N T ER OW K AH L AY T IH S
eovist IY OW V IH S T
epicondyle EH P IH K AA N D AY L
epicondylitis EH P IH K AA N D AH L AY T IH S
epididymis EH P IH D IH D AH M IH S
epididymitis EH P IH D IH D AH M AY T IH S
epigastric EH P IH G AE S T R IH K
epiglottis EH P IH G L AA T IH S
epiglottitis EH P IH G L AH T AY T IH S
epiphysis IH P IH F AH S IH S
equina IH K W AY N AH
erosions IH R OW ZH AH N Z
esophageal IH S AA F AH JH IY AH L
ethmoid EH TH M OY D
exophytic EH K S OW F IH T IH K
extensor IH K S T EH N S ER
extraaxial EH K S T R AH AE K S IY AH L
extradural EH K S T R AH D UH R AH L
extrahepatic EH K S T R AH HH AH P AE T IH K
extraperitoneal EH K S T R AH P EH R AH T AH N IY AH L
extraprostatic EH K S T R AH P R AA S T AE T IH K
extrathyroidal EH K S T R AH TH AY R OY D AH L
extravasation IH K S T R AE V AH S EY SH AH N
extrusion IH K S T R UW ZH AH N
extrusions IH K S T R UW ZH AH N Z
falx F AE L K S
fazekas F AH Z EH K AH S
fibroadenoma F AY B R OW AE D AH N OW M AH
fibroglandular F AY B R OW G L AE N D Y AH L ER
fibula F IH B Y AH L AH
fibular F IH B Y AH L ER
fissural F IH SH ER AH L
fistula F IH S CH AH L AH
flavum F L EY V AH M
fleischner F L AY SH N ER
fontanelle F AA N T AH N EH L
foramen F ER EY M AH N
foramina F ER AE M AH N AH
foraminal F ER AE M AH N AH L
fossa F AA S AH
fundus F AH N D AH S
gadolinium G AE D AH L IH N IY AH M
gadovist G AE D OW V IH S T
gallium G AE L IY AH M
ganglion G AE NG G L IY AH N
gartland G AA R T L AH N D
gastrografin G AE S T R OW G R AE F IH N
germinal JH ER M AH N AH L
gestational JH EH S T EY SH AH N AH L
glenohumeral G L EH N OW HH Y UW M ER AH L
glenoid G L EH N OY D
glioblastoma G L AY OW B L AE S T OW M AH
glioma G L IY OW M AH
gliosis G L AY OW S IH S
globus G L OW B AH S
goutallier G UW T AE L Y EY
granuloma G R AE N Y AH L OW M AH
granulomas G R AE N Y AH L OW M AH Z
granulomatous G R AE N Y AH L OW M AH T AH S
grayscale G R EY S K EY L
hallux HH AE L AH K S
hemangioma HH IY M AE N JH IY OW M AH
hemangiomas HH IY M AE N JH IY OW M AH Z
hemarthrosis HH IY M AA R TH R OW S IH S
hematoma HH IY M AH T OW M AH
hematomas HH IY M AH T OW M AH Z
hematuria HH IY M AH T UH R IY AH
hemidiaphragm HH EH M IY D AY AH F R AE M
hemispheres HH EH M AH S F IH R Z
hemithorax HH EH M IY TH AO R AE K S
hemivertebra HH EH M IY V ER T AH B R AH
hemodynamically HH IY M OW D AY N AE M IH K L IY
hemopericardium HH IY M OW P EH R AH K AA R D IY AH M
hemoperitoneum HH IY M OW P EH R AH T AH N IY AH M
hemoptysis HH IH M AA P T AH S IH S
hemosiderin HH IY M OW S IH D ER IH N
hemothorax HH IY M OW TH AO R AE K S
hepatocellular HH EH P AH T OW S EH L Y AH L ER
hepatomegaly HH EH P AH T OW M EH G AH L IY
hepatopetal HH EH P AH T AA P AH T AH L
hernias HH ER N IY AH Z
herniated HH ER N IY EY T IH D
herniation HH ER N IY EY SH AH N
herniations HH ER N IY EY SH AH N Z
heterogeneously HH EH T ER AH JH IY N IY AH S L IY
heterotopic HH EH T ER AH T AA P IH K
hiatal HH AY EY T AH L
hiatus HH AY EY T AH S
hila HH AY L AH
hilar HH AY L ER
hilum HH AY L AH M
honeycombing HH AH N IY K OW M IH NG
hounsfield HH AW N Z F IY L D
humeral HH Y UW M ER AH L
hydrocele HH AY D R AH S IY L
hydroceles HH AY D R AH S IY L Z
hydrocephalus HH AY D R OW S EH F AH L AH S
hydronephrosis HH AY D R OW N AH F R OW S IH S
hydropneumothorax HH AY D R OW N UW M OW TH AO R AE K S
hydrosalpinx HH AY D R OW S AE L P IH NG K S
hydroureter HH AY D R OW Y UH R IY T ER
hyperattenuating HH AY P ER AH T EH N Y UW EY T IH NG
hyperdense HH AY P ER D EH N S
hyperdensity HH AY P ER D EH N S AH T IY
hyperechoic HH AY P ER EH K OW IH K
hyperenhancement HH AY P ER EH N HH AE N S M AH N T
hyperinflation HH AY P ER IH N F L EY SH AH N
hyperintense HH AY P ER IH N T EH N S
hyperintensities HH AY P ER IH N T EH N S AH T IY Z
hyperintensity HH AY P ER IH N T EH N S AH T IY
hypermetabolic HH AY P ER M EH T AH B AA L IH K
hyperplasia HH AY P ER P L EY ZH AH
hyperthyroidism HH AY P ER TH AY R OY D IH Z AH M
hypertrophic HH AY P ER T R AA F IH K
hypertrophy HH AY P ER T R AH F IY
hypoattenuating HH AY P OW AH T EH N Y UW EY T IH NG
hypodense HH AY P OW D EH N S
hypodensities HH AY P OW D EH N S AH T IY Z
hypodensity HH AY P OW D EH N S AH T IY
hypoechoic HH AY P OW EH K OW IH K
hypoenhancing HH AY P OW EH N HH AE N S IH NG
hypointense HH AY P OW IH N T EH N S
hypoplastic HH AY P OW P L AE S T IH K
hypothyroidism HH AY P OW TH AY R OY D IH Z AH M
ileal IH L IY AH L
ileocecal IH L IY OW S IY K AH L
ileum IH L IY AH M
ileus IH L IY AH S
iliac IH L IY AE K
imaged IH M IH JH D
impaction IH M P AE K SH AH N
impingement IH M P IH N JH M AH N T
infarct IH N F AA R K T
infarcts IH N F AA R K T S
infarcted IH N F AA R K T IH D
infiltrates IH N F IH L T R EY T S
inflamed IH N F L EY M D
infrahilar IH N F R AH HH AY L ER
infrarenal IH N F R AH R IY N AH L
infraspinatus IH N F R AH S P AH N EY T AH S
inguinal IH NG G W AH N AH L
insula IH N S AH L AH
interosseous IH N T ER AA S IY AH S
interpolar IH N T ER P OW L ER
interstitial IH N T ER S T IH SH AH L
intervertebral IH N T ER V ER T AH B R AH L
intraarticular IH N T R AH AA R T IH K Y AH L ER
intracerebral IH N T R AH S EH R AH B R AH L
intradural IH N T R AH D UH R AH L
intrahepatic IH N T R AH HH AH P AE T IH K
intramural IH N T R AH M Y UH R AH L
intraparenchymal IH N T R AH P ER EH NG K AH M AH L
intraperitoneal IH N T R AH P EH R AH T AH N IY AH L
intratesticular IH N T R AH T EH S T IH K Y AH L ER
intrauterine IH N T R AH Y UW T ER AH N
intraventricular IH N T R AH V EH N T R IH K Y AH L ER
intussusception IH N T AH S AH S EH P SH AH N
iomeron AY OW M ER AA N
ischemic IH S K IY M IH K
isodense AY S OW D EH N S
isoechoic AY S OW EH K OW IH K
isointense AY S OW IH N T EH N S
isovue AY S OW V Y UW
jejunal JH IH JH UW N AH L
jejunum JH IH JH UW N AH M
jugular JH AH G Y AH L ER
kyphosis K AY F OW S IH S
labral L EY B R AH L
labrum L EY B R AH M
lacunar L AH K UW N ER
leiomyoma L AY OW M AY OW M AH
lentiform L EH N T AH F AO R M
leukomalacia L UW K OW M AH L EY SH AH
ligamentous L IH G AH M EH N T AH S
ligamentum L IH G AH M EH N T AH M
lingula L IH NG G Y AH L AH
lingular L IH NG G Y AH L ER
lipohemarthrosis L IH P OW HH IY M AA R TH R OW S IH S
lipoma L AH P OW M AH
listhesis L IH S TH IY S IH S
lobar L OW B AA R
loculated L AA K Y AH L EY T IH D
lordosis L AO R D OW S IH S
lucency L UW S AH N S IY
lucencies L UW S AH N S IY Z
lunate L UW N EY T
lymphadenopathy L IH M F AE D AH N AA P AH TH IY
lymphangitic L IH M F AE N JH IH T IH K
lytic L IH T IH K
malalignment M AE L AH L AY N M AH N T
malformation M AE L F AO R M EY SH AH N
malleolar M AH L IY AH L ER
malleolus M AH L IY AH L AH S
malrotation M AE L R OW T EY SH AH N
mammographic M AE M AH G R AE F IH K
mastoid M AE S T OY D
mastoids M AE S T OY D Z
maxillary M AE K S AH L EH R IY
mediastinal M IY D IY AH S T AY N AH L
mediastinum M IY D IY AH S T AY N AH M
medullaris M EH D AH L EH R IH S
megabecquerels M EH G AH B EH K ER EH L Z
meningioma M AH N IH N JH IY OW M AH
meningiomas M AH N IH N JH IY OW M AH Z
meniscal M AH N IH S K AH L
menisci M AH N IH S AY
meniscus M AH N IH S K AH S
menorrhagia M EH N ER EY JH AH
mesenteric M EH Z AH N T EH R IH K
mesentery M EH Z AH N T EH R IY
metacarpal M EH T AH K AA R P AH L
metaphysis M AH T AE F AH S IH S
metastases M AH T AE S T AH S IY Z
metastasis M AH T AE S T AH S IH S
metatarsal M EH T AH T AA R S AH L
microcalcification M AY K R OW K AE L S AH F AH K EY SH AH N
microcalcifications M AY K R OW K AE L S AH F AH K EY SH AH N Z
microhemorrhage M AY K R OW HH EH M ER IH JH
microhemorrhages M AY K R OW HH EH M ER IH JH IH Z
microlithiasis M AY K R OW L IH TH AY AH S IH S
midbrain M IH D B R EY N
midfoot M IH D F UH T
midgland M IH D G L AE N D
millicuries M IH L IY K Y UH R IY Z
milligray M IH L IY G R EY
millisieverts M IH L IY S IY V ER T S
modic M OW D IH K
multihance M AH L T IY HH AE N S
multilevel M AH L T IY L EH V AH L
multilocular M AH L T IY L AA K Y AH L ER
multiplanar M AH L T IY P L EY N ER
myelomalacia M AY AH L OW M AH L EY SH AH
myelopathy M AY AH L AA P AH TH IY
myocardial M AY AH K AA R D IY AH L
myometrium M AY OW M IY T R IY AH M
nabothian N AH B OW TH IY AH N
nascet N AE S EH T
nasogastric N EY Z OW G AE S T R IH K
nasopharynx N EY Z OW F EH R IH NG K S
navicular N AH V IH K Y AH L ER
neoplasm N IY AH P L AE Z AH M
neoplastic N IY AH P L AE S T IH K
nephrolithiasis N EH F R OW L IH TH AY AH S IH S
nephrostomy N AH F R AA S T AH M IY
neurovascular N UH R OW V AE S K Y AH L ER
nodal N OW D AH L
noncontrast N AA N K AA N T R AE S T
nondisplaced N AA N D IH S P L EY S T
nonobstructing N AA N AH B S T R AH K T IH NG
nonobstructive N AA N AH B S T R AH K T IH V
nonocclusive N AA N AH K L UW S IH V
nonspecific N AA N S P AH S IH F IH K
occlusion AH K L UW ZH AH N
occlusive AH K L UW S IH V
occipital AA K S IH P AH T AH L
odontoid OW D AA N T OY D
olecranon OW L EH K R AH N AA N
oligohydramnios AA L AH G OW HH AY D R AE M N IY OW S
omental OW M EH N T AH L
omentum OW M EH N T AH M
omnipaque AA M N IH P EY K
opacification OW P AE S AH F AH K EY SH AH N
opacified OW P AE S AH F AY D
opacities OW P AE S AH T IY Z
orchitis AO R K AY T IH S
oropharynx AO R OW F EH R IH NG K S
osseous AA S IY AH S
ossification AA S AH F AH K EY SH AH N
osteochondral AA S T IY OW K AA N D R AH L
osteolysis AA S T IY AA L AH S IH S
osteomyelitis AA S T IY OW M AY AH L AY T IH S
osteonecrosis AA S T IY OW N AH K R OW S IH S
osteopenia AA S T IY OW P IY N IY AH
osteopenic AA S T IY OW P IY N IH K
osteophyte AA S T IY AH F AY T
osteophytes AA S T IY AH F AY T S
outerbridge AW T ER B R IH JH
pancreatitis P AE NG K R IY AH T AY T IH S
panniculitis P AH N IH K Y AH L AY T IH S
papillary P AE P AH L EH R IY
paracentral P EH R AH S EH N T R AH L
paracolic P EH R AH K AA L IH K
parafalcine P EH R AH F AE L S AY N
paramediastinal P EH R AH M IY D IY AH S T AY N AH L
paranasal P EH R AH N EY Z AH L
paraspinal P EH R AH S P AY N AH L
paren P ER EH N
parenchyma P ER EH NG K AH M AH
parenchymal P ER EH NG K AH M AH L
parietal P ER AY AH T AH L
parotid P ER AA T IH D
patellar P AH T EH L ER
patellofemoral P AH T EH L OW F EH M ER AH L
pedicle P EH D IH K AH L
pedicles P EH D IH K AH L Z
pelvicalyceal P EH L V IY K AE L AH S IY AH L
periappendiceal P EH R IY AE P AH N D IH S IY AH L
peribronchial P EH R IH B R AA NG K IY AH L
pericardial P EH R AH K AA R D IY AH L
pericardium P EH R AH K AA R D IY AH M
pericholecystic P EH R IH K OW L AH S IH S T IH K
pericolonic P EH R IH K OW L AA N IH K
perifissural P EH R IH F IH SH ER AH L
perihepatic P EH R IH HH AH P AE T IH K
perihilar P EH R IH HH AY L ER
perinephric P EH R IH N EH F R IH K
perineural P EH R IH N UH R AH L
periosteal P EH R IY AA S T IY AH L
peripancreatic P EH R IH P AE NG K R IY AE T IH K
periportal P EH R IH P AO R T AH L
periprosthetic P EH R IH P R AA S TH EH T IH K
perisplenic P EH R IH S P L EH N IH K
peritoneal P EH R AH T AH N IY AH L
peritoneum P EH R AH T AH N IY AH M
peritonsillar P EH R IH T AA N S AH L ER
periventricular P EH R IH V EH N T R IH K Y AH L ER
perivascular P EH R IH V AE S K Y AH L ER
phalangeal F AH L AE N JH IY AH L
phalanx F EY L AE NG K S
phleboliths F L EH B OW L IH TH S
physes F AY S IY Z
physeal F AY S IY AH L
picc P IH K
pleura P L UH R AH
pneumatosis N UW M AH T OW S IH S
pneumobilia N UW M OW B IH L IY AH
pneumocephalus N UW M OW S EH F AH L AH S
pneumomediastinum N UW M OW M IY D IY AH S T AY N AH M
pneumonitis N UW M AH N AY T IH S
pneumopericardium N UW M OW P EH R AH K AA R D IY AH M
pneumoperitoneum N UW M OW P EH R AH T AH N IY AH M
pneumothoraces N UW M OW TH AO R AH S IY Z
pneumothorax N UW M OW TH AO R AE K S
polyhydramnios P AA L IY HH AY D R AE M N IY OW S
polytrauma P AA L IY T R AO M AH
popliteal P AA P L IH T IY AH L
postcontrast P OW S T K AA N T R AE S T
postoperative P OW S T AA P ER AH T IH V
postsurgical P OW S T S ER JH IH K AH L
previa P R IY V IY AH
prevertebral P R IY V ER T AH B R AH L
primovist P R IY M OW V IH S T
prohance P R OW HH AE N S
protrusion P R OW T R UW ZH AH N
protrusions P R OW T R UW ZH AH N Z
pseudoaneurysm S UW D OW AE N Y ER IH Z AH M
pseudocyst S UW D OW S IH S T
psoas S OW AH S
pulmonic P AH L M AA N IH K
pyelonephritis P AY AH L OW N AH F R AY T IH S
pyloric P AY L AO R IH K
quadriceps K W AA D R AH S EH P S
radiata R EY D IY AA T AH
radiculopathy R AH D IH K Y AH L AA P AH TH IY
radiograph R EY D IY OW G R AE F
radiographic R EY D IY OW G R AE F IH K
radiographs R EY D IY OW G R AE F S
radiolucent R EY D IY OW L UW S AH N T
radiopaque R EY D IY OW P EY K
rads R AE D Z
rathke's R AE TH K IY Z
recist R IY S IH S T
rectosigmoid R EH K T OW S IH G M OY D
referrer R IH F ER ER
reformats R IY F AO R M AE T S
restaging R IY S T EY JH IH NG
reticular R IH T IH K Y AH L ER
retroareolar R EH T R OW AH R IY AH L ER
retrocardiac R EH T R OW K AA R D IY AE K
retrolisthesis R EH T R OW L IH S TH IY S IH S
retroperitoneal R EH T R OW P EH R AH T AH N IY AH L
retroperitoneum R EH T R OW P EH R AH T AH N IY AH M
retropharyngeal R EH T R OW F ER IH N JH IY AH L
retroverted R EH T R OW V ER T IH D
rotator R OW T EY T ER
sacral S EY K R AH L
sacroiliac S AE K R OW IH L IY AE K
sacrum S EY K R AH M
salivary S AE L AH V EH R IY
saphenous S AE F AH N AH S
sarcoidosis S AA R K OY D OW S IH S
scaphoid S K AE F OY D
schatzker SH AE T S K ER
schmorl's SH M AO R L Z
schwannoma SH W AA N OW M AH
sciatica S AY AE T IH K AH
scintigraphy S IH N T IH G R AH F IY
sclerosis S K L ER OW S IH S
sclerotic S K L ER AA T IH K
scoliosis S K OW L IY OW S IH S
scrotal S K R OW T AH L
scrotum S K R OW T AH M
segmental S EH G M EH N T AH L
sellar S EH L ER
semicolon S EH M IY K OW L AH N
semiovale S EH M IY OW V AA L IY
septal S EH P T AH L
septations S EH P T EY SH AH N Z
sialadenitis S AY AH L AE D AH N AY T IH S
siderosis S IH D ER OW S IH S
sinusitis S AY N AH S AY T IH S
situ S IH T UW
sonographic S AA N AH G R AE F IH K
sonovue S OW N OW V Y UW
spect S P EH K T
spermatic S P ER M AE T IH K
sphenoid S F IY N OY D
spiculated S P IH K Y AH L EY T IH D
spinous S P AY N AH S
splenic S P L EH N IH K
splenomegaly S P L EH N OW M EH G AH L IY
splenule S P L EH N Y UW L
spondylolisthesis S P AA N D AH L OW L IH S TH IY S IH S
spondylolysis S P AA N D AH L AA L AH S IH S
spondylosis S P AA N D AH L OW S IH S
steatosis S T IY AH T OW S IH S
stenoses S T AH N OW S IY Z
stenotic S T AH N AA T IH K
sternal S T ER N AH L
sternotomy S T ER N AA T AH M IY
stridor S T R AY D ER
subacromial S AH B AH K R OW M IY AH L
subarachnoid S AH B ER AE K N OY D
subareolar S AH B ER IY AH L ER
subcapsular S AH B K AE P S AH L ER
subcentimeter S AH B S EH N T AH M IY T ER
subchondral S AH B K AA N D R AH L
subchorionic S AH B K AO R IY AA N IH K
subclavian S AH B K L EY V IY AH N
subcortical S AH B K AO R T IH K AH L
subdeltoid S AH B D EH L T OY D
subdural S AH B D UH R AH L
subhepatic S AH B HH AH P AE T IH K
subluxation S AH B L AH K S EY SH AH N
subluxed S AH B L AH K S T
submandibular S AH B M AE N D IH B Y AH L ER
submucosal S AH B M Y UW K OW S AH L
subphrenic S AH B F R EH N IH K
subpleural S AH B P L UH R AH L
subscapularis S AH B S K AE P Y AH L EH R IH S
subsegmental S AH B S EH G M EH N T AH L
subsolid S AH B S AA L IH D
sulcal S AH L K AH L
sulci S AH L S AY
sulcus S AH L K AH S
supraclavicular S UW P R AH K L AH V IH K Y AH L ER
suprahilar S UW P R AH HH AY L ER
suprarenal S UW P R AH R IY N AH L
suprasellar S UW P R AH S EH L ER
supraspinatus S UW P R AH S P AH N EY T AH S
supratentorial S UW P R AH T EH N T AO R IY AH L
syndesmosis S IH N D EH Z M OW S IH S
synovitis S IH N AH V AY T IH S
syrinx S IH R IH NG K S
talar T EY L ER
talus T EY L AH S
tarlov T AA R L AA V
technetium T EH K N IY SH IY AH M
tendinopathy T EH N D AH N AA P AH TH IY
tendinosis T EH N D AH N OW S IH S
tenosynovitis T EH N OW S IH N AH V AY T IH S
tentorial T EH N T AO R IY AH L
tentorium T EH N T AO R IY AH M
teratoma T EH R AH T OW M AH
teres T EH R IY Z
testis T EH S T IH S
thalamic TH AH L AE M IH K
thrombophlebitis TH R AA M B OW F L AH B AY T IH S
thrombosed TH R AA M B OW Z D
thrombus TH R AA M B AH S
thymic TH AY M IH K
thymoma TH AY M OW M AH
thymus TH AY M AH S
tibial T IH B IY AH L
tirads T AY R AE D Z
birads B AY R AE D Z
tomosynthesis T OW M OW S IH N TH AH S IH S
tonsillar T AA N S AH L ER
toxicity T AA K S IH S AH T IY
tracheobronchial T R EY K IY OW B R AA NG K IY AH L
tracheostomy T R EY K IY AA S T AH M IY
transabdominal T R AE N Z AE B D AA M AH N AH L
transvaginal T R AE N Z V AE JH AH N AH L
trochanter T R OW K AE N T ER
trochanteric T R OW K AH N T EH R IH K
tubal T UW B AH L
ulna AH L N AH
ulnar AH L N ER
ultravist AH L T R AH V IH S T
unenhanced AH N EH N HH AE N S T
ureter Y UH R IY T ER
ureteral Y UH R IY T ER AH L
ureterocele Y UH R IY T ER OW S IY L
ureteropelvic Y UH R IY T ER OW P EH L V IH K
ureterovesical Y UH R IY T ER OW V EH S IH K AH L
ureters Y UH R IY T ER Z
urethral Y UH R IY TH R AH L
urolithiasis Y UH R OW L IH TH AY AH S IH S
uterine Y UW T ER AH N
uterus Y UW T ER AH S
varices V EH R AH S IY Z
varicocele V EH R IH K OW S IY L
varicoceles V EH R IH K OW S IY L Z
vascularity V AE S K Y AH L EH R AH T IY
vasculature V AE S K Y AH L AH CH ER
vasculitis V AE S K Y AH L AY T IH S
vasogenic V EY Z OW JH EH N IH K
ventriculomegaly V EH N T R IH K Y AH L OW M EH G AH L IY
vertebra V ER T AH B R AH
vertebrae V ER T AH B R EY
vesicoureteral V EH S IH K OW Y UH R IY T ER AH L
visipaque V IH Z IH P EY K
volvulus V AA L V Y AH L AH S
xiphoid Z IH F OY D
zygomatic Z AY G AH M AE T IH K
`;
