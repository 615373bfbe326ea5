import { Format } from './reviewed';

export { Format, KustomizeUse, Reviewed } from './reviewed';

/* eslint-disable @typescript-eslint/no-require-imports -- a format that is not asked for is not loaded: SARIF takes all rules */
/** What a review can be written as. */
export const FORMATS: Readonly<Record<string, Format>> = {
  table: (reviewed) => (require('./table') as typeof import('./table')).table(reviewed),
  json: (reviewed) => (require('./json') as typeof import('./json')).json(reviewed),
  sarif: (reviewed) => (require('./sarif') as typeof import('./sarif')).sarif(reviewed),
  github: (reviewed) => (require('./github') as typeof import('./github')).github(reviewed),
};
