export { createDemoSite } from './create-demo-site.ts';
export type { DemoSite, DemoSitePorts } from './ports.ts';
