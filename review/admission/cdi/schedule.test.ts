import { isSchedule } from './schedule';

describe('isSchedule', () => {
  test.each([
    '0 0 * * *',
    '*/15 1-5 1,15 jan-MAR sun',
    '5/10 ? * * 0-6/2',
    '59 23 31 12 6',
    '0 0 1 1 0',
    '5-5 * * * *',
    '+5 * * * *',
    '5/1 * * * *',
    '*-1-2 * * * *',
    '@daily',
    '@every 1h30m',
    'TZ=Europe/Berlin 0 3 * * *',
    '  0 3 * * *  ',
  ])('takes %j', (text) => expect(isSchedule(text)).toBe(true));

  test.each([
    'daily',
    '0 0 * *',
    '0 0 0 * * *',
    '60 * * * *',
    '0 24 * * *',
    '0 0 0 * *',
    '0 0 * 13 *',
    '0 0 * * 7',
    '5-1 * * * *',
    '5-3/2 * * * *',
    '5-60/2 * * * *',
    '60/2 * * * *',
    '5/x * * * *',
    'x-5 * * * *',
    '5-x * * * *',
    '1-2-3 * * * *',
    '1/2/3 * * * *',
    '*/0 * * * *',
    '@reboot',
    '@every x',
    '',
  ])('refuses %j', (text) => expect(isSchedule(text)).toBe(false));
});
