import { ChangeFormat } from './compared';
import { github } from './github';
import { json } from './json';
import { markdown } from './markdown';
import { sarif } from './sarif';
import { table } from './table';

export { AcceptedChange, ChangeFormat, Compared } from './compared';
export { planOf } from './plan';
export { severalComparisons } from './several';

/** What a comparison can be written as. */
export const CHANGE_FORMATS: Readonly<Record<string, ChangeFormat>> = { table, markdown, json, sarif, github };
