// npm run coverage:interface: method by method and event by event, what answers, what is implemented, what is tested.
import { interfaceCoverage, printCoverage } from './coverage/interface-coverage.ts';

console.log(printCoverage(interfaceCoverage(process.cwd())));
