export { type SiteOptions, testConfiguration, testExtension, testNumber } from './testing/configuration.ts';
export { createDriver, type Driver } from './testing/driver.ts';
