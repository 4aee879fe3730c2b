/** What is said at one place of a template; `foreign` may be said anywhere and must not be taken for anything. */
export interface SpokenSet {
  readonly kind: 'command' | 'field' | 'measurement' | 'finding' | 'foreign';
  readonly templateId: string;
  readonly texts: readonly string[];
}

const lines = (text: string): readonly string[] =>
  text
    .trim()
    .split('\n')
    .map((line) => line.trim());

export const SPEECH_SET: readonly SpokenSet[] = [
  {
    kind: 'command',
    templateId: 'ct-chest',
    texts: lines(`
      next field
      previous field
      next section
      previous section
      go to impression
      go to findings
      go to the findings
      go to technique
      go to comparison
      go to indication
      go to pleural effusion
      go to pneumothorax
      scratch that
      undo that
      critical finding
      critical result
      mark key image
      insert measurement
      measure length
      compare with prior
      next series
      previous series
      lung window
      bone window
      brain window
      abdomen window
      mediastinum window
      sign report
      read next
      return to list
      go to images
      go to notes
      stop listening
      microphone off
      impression section
      findings section
      normal lungs
      normal heart
      normal bones
      normal pleura
      go to the impression
      go to the comparison
      undo
      key image
      measure
      subdural window
      stroke window
      go to the technique
      comparison section
      technique section`),
  },
  {
    kind: 'field',
    templateId: 'ct-chest',
    texts: lines(`
      pleural effusion left
      pleural effusion right
      pleural effusion none
      pleural effusion both sides
      pneumothorax none
      pneumothorax right
      pneumothorax left
      pneumothorax both sides
      pleural effusion is right
      pneumothorax is left
      largest nodule six millimeters
      largest nodule twelve point five millimeters
      largest nodule eight millimeters
      largest nodule four point two millimeters
      largest nodule twenty one millimeters
      largest nodule one point five centimeters
      largest nodule mean diameter seven millimeters
      largest nodule mean diameter nine point three millimeters`),
  },
  {
    kind: 'field',
    templateId: 'us-renal',
    texts: lines(`
      right kidney length eleven point two centimeters
      left kidney length ten point eight centimeters
      right kidney ten centimeters
      left kidney nine point five centimeters
      right hydronephrosis none
      left hydronephrosis none
      right hydronephrosis mild
      left hydronephrosis moderate
      stones none
      go to stones`),
  },
  {
    kind: 'field',
    templateId: 'mr-lumbar-spine',
    texts: lines(`
      conus normal
      l four l five protrusion
      l four l five bulge
      l three l four normal
      l five s one extrusion
      l four l five canal stenosis
      listhesis four millimeters
      listhesis six point five millimeters
      marrow signal normal
      marrow signal replacement`),
  },
  {
    kind: 'measurement',
    templateId: 'ct-chest',
    texts: lines(`
      a nodule measuring six millimeters
      a nodule measuring twelve point five millimeters
      a small nodule in the right upper lobe measuring four millimeters
      a mass in the left lower lobe measuring three point two centimeters
      a mass measuring two point three by one point four centimeters
      a nodule measuring eight by six millimeters
      a lesion measuring forty five millimeters
      a nodule measuring up to nine millimeters
      a mass measuring five point one by four point seven centimeters
      a cyst measuring fifteen millimeters
      a solid nodule in the left upper lobe measuring eleven millimeters
      a ground glass nodule measuring seven point five millimeters
      the aorta measures three point five centimeters
      the aorta measures forty two millimeters
      the main pulmonary artery measures thirty one millimeters
      a nodule measuring two point three by one point four by one point one centimeters
      a nodule in the lingula measuring five millimeters
      a mass in the right lower lobe measuring six point eight centimeters
      multiple nodules measuring up to five millimeters
      a part solid nodule measuring thirteen millimeters`),
  },
  {
    kind: 'finding',
    templateId: 'ct-chest',
    texts: lines(`
      the lungs are clear
      no pneumothorax
      no pleural effusion
      there is a small left pleural effusion
      there is a large right pleural effusion
      there is a moderate right pneumothorax
      no pleural effusion or pneumothorax
      small bilateral pleural effusions
      bilateral pleural effusions
      the heart is enlarged
      heart size is normal
      the heart is normal in size
      no mediastinal or hilar lymphadenopathy
      consolidation in the right lower lobe
      consolidation in the left lower lobe
      atelectasis at the lung bases
      mild atelectasis in the left lower lobe
      no pulmonary embolism
      no acute pulmonary embolism
      small hiatal hernia
      there is a trace left pleural effusion
      patchy ground glass opacities in both lungs
      scattered calcified granulomas
      no suspicious pulmonary nodule
      mild emphysema
      no rib fracture
      acute fracture of the rib
      the aorta is normal in caliber
      the trachea is midline
      no pericardial effusion
      coronary artery calcification
      there is no evidence of pneumonia
      pulmonary edema
      mild bronchial wall thickening
      the mediastinum is unremarkable
      the bones are unremarkable
      a calcified nodule in the right upper lobe
      no consolidation
      stable pulmonary nodule in the lingula
      there is cardiomegaly
      a small pneumothorax in the right apex
      pneumonia in the right middle lobe`),
  },
  {
    kind: 'finding',
    templateId: 'ct-head',
    texts: lines(`
      no acute intracranial hemorrhage
      no midline shift
      no mass effect
      there is an acute left subdural hematoma
      the ventricles are normal in size
      no acute infarct
      chronic infarct in the left cerebellum
      no skull fracture
      acute right subdural hematoma measuring eight millimeters
      the ventricles are enlarged`),
  },
  {
    kind: 'finding',
    templateId: 'mr-lumbar-spine',
    texts: lines(`
      mild disc bulge at l four l five
      disc protrusion at l five s one
      no fracture
      no cord compression
      mild spinal canal stenosis at l three l four
      the alignment is normal
      degenerative changes
      compression fracture at l one
      severe spinal canal stenosis at l four l five
      the conus is normal in position`),
  },
  {
    kind: 'foreign',
    templateId: 'ct-chest',
    texts: lines(`
      could somebody close that door please
      what would you like for lunch today
      the meeting starts at a quarter past ten
      i will call you back in five minutes
      has anyone seen my coffee cup
      it is raining again this afternoon
      tell her that i am on my way
      where did you park the car this morning
      we should go to the cinema on saturday
      the printer is out of paper again
      she said the train was late because of snow
      turn down the music it is too loud
      my daughter plays the violin at school
      how was your holiday in portugal
      there is a parcel for you at the front desk
      please remember to water the plants
      the football match ended in a draw
      i forgot my password for the computer again
      yes that sounds good let us do it tomorrow
      did you hear what happened to michael
      the elevator is broken take the stairs
      we are out of milk and bread
      good morning everybody how are you doing
      this keyboard is really annoying me
      who is on call this weekend
      put it over there next to the window
      sorry i did not catch your name
      the bus leaves from the corner of main street
      can you hold this for a moment
      thank you very much see you next week
      okay
      hello is anybody there
      no thanks i already had one
      next patient please
      he bought a new bicycle yesterday
      the library closes at eight tonight
      mother always puts sugar in her tea
      that was a wonderful concert
      are you coming with us or not
      the neighbours have a noisy dog`),
  },
];
