export { createDemoSite } from './create-demo-site.ts';
export type { DemoFhir, DemoFiles, DemoImages, DemoSite, DemoSitePorts, ReceivedSummary, Serving } from './ports.ts';
