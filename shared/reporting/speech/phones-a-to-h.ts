/**
 * Words of radiology that a general dictionary lacks, with their phones in ARPABET as CMUdict writes them (no stress).
 * Our own transcriptions of American speech. One word a line.
 */
export const PHONES_A_TO_H = `
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
birads B AY R AE D Z
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
caudal K AO D AH L
caudate K AO D EY T
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
cholangiocarcinoma K OW L AE N JH IY OW K AA R S AH N OW M AH
cholangitis K OW L AE N JH AY T IH S
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
condylar K AA N D AH L ER
condyle K AA N D AY L
condyles K AA N D AY L Z
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
derangement D IH R EY N JH M AH N T
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
dysphagia D IH S F EY JH AH
dyspnea D IH S P N IY AH
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
`;
