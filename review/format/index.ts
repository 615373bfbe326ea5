import { github } from './github';
import { json } from './json';
import { Format } from './reviewed';
import { sarif } from './sarif';
import { table } from './table';

export { Format, KustomizeUse, Reviewed } from './reviewed';

/** What a review can be written as. */
export const FORMATS: Readonly<Record<string, Format>> = { table, json, sarif, github };
