import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Dice, hostileText } from './inputs';
import { faultOf } from './property';

const CORPUS = join(__dirname, 'corpus');

test.each(readdirSync(CORPUS))('the review stands %s of the corpus', (name) => {
  expect(faultOf(readFileSync(join(CORPUS, name), 'utf8'))).toBeUndefined();
});

test('the review stands five hundred hostile inputs', () => {
  for (let seed = 1; seed <= 500; seed++)
    expect([seed, faultOf(hostileText(new Dice(seed)))]).toEqual([seed, undefined]);
});
