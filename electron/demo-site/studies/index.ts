export { demoCatalogue } from './catalogue.ts';
export type { DemoSiteKey, DemoStudy } from './demo-study.ts';
export { generateImage } from './generate-study.ts';
export { writeStudy, type StudyFolder } from './write-study.ts';
