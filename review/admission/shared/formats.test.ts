import {
  base64Bytes,
  isCleanPath,
  isDnsLabel,
  isDnsSubdomain,
  isIpv4Address,
  isLabelName,
  isLabelValue,
  isMacAddress,
  isPortName,
  matchesGlob,
} from './formats';

describe('formats', () => {
  test.each([
    ['a', true],
    ['a-1', true],
    ['', false],
    ['a-', false],
    ['a.b', false],
    ['a\n', false],
    ['a'.repeat(2_000_000), false],
  ])('tells whether text is a label (%#)', (text, is) => {
    expect(isDnsLabel(text)).toBe(is);
  });

  test.each([
    [`${'a'.repeat(60)}.`.repeat(4) + 'a'.repeat(9), true],
    [`${'a'.repeat(60)}.`.repeat(4) + 'a'.repeat(10), false],
    ['a..b', false],
    ['.a', false],
  ])('tells whether text is a subdomain (%#)', (text, is) => {
    expect(isDnsSubdomain(text)).toBe(is);
  });

  test.each([
    ['a/b', true],
    ['/b', false],
    ['a/', false],
    ['a/b/c', false],
    ['A.b_c-d', true],
    [`example.com/${'a'.repeat(63)}`, true],
    [`example.com/${'a'.repeat(64)}`, false],
  ])('tells whether %s is the name of a label', (text, is) => {
    expect(isLabelName(text)).toBe(is);
  });

  test.each([
    ['', true],
    ['A_1', true],
    ['_a', false],
    ['a'.repeat(63), true],
    ['a'.repeat(64), false],
  ])('tells whether "%s" is the value of a label', (text, is) => {
    expect(isLabelValue(text)).toBe(is);
  });

  test.each([
    ['a'.repeat(15), true],
    ['a'.repeat(16), false],
    ['1-a', true],
    ['80', false],
    ['A', false],
    ['a--b', false],
    ['-a', false],
    ['a-', false],
  ])('tells whether %s is the name of a port', (text, is) => {
    expect(isPortName(text)).toBe(is);
  });

  test.each([
    ['1.2.3.4', true],
    ['::ffff:1.2.3.4', true],
    ['0:0:0:0:0:ffff:102:304', true],
    ['::1', false],
    ['1.2.3', false],
  ])('tells whether %s has four bytes', (text, is) => {
    expect(isIpv4Address(text)).toBe(is);
  });

  test.each([
    ['02:00:00:00:00:0a', true],
    ['02-00-00-00-00-0A', true],
    ['0200.0000.000a', true],
    ['02:00:00-00:00:0a', false],
    ['0200.0000.000a.0000', false],
  ])('tells whether %s is a MAC address', (text, is) => {
    expect(isMacAddress(text)).toBe(is);
  });

  test.each([
    ['/a/b', true],
    ['/a/', true],
    ['//', true],
    ['/a//', false],
    ['a', false],
    ['/..', false],
  ])('tells whether %s is a clean path', (path, is) => {
    expect(isCleanPath(path)).toBe(is);
  });

  test.each([
    ['', 0],
    ['eA==', 1],
    ['eHg=', 2],
    ['eHh4\r\n', 3],
    ['eHh4eA', undefined],
    ['e=Hh', undefined],
    ['eH-_', undefined],
  ])('counts the bytes of "%s"', (text, bytes) => {
    expect(base64Bytes(text)).toBe(bytes);
  });

  test.each([
    ['q35*', 'q35', true],
    ['q35*', 'q35/x', false],
    ['pc-q35-?.0', 'pc-q35-9.0', true],
    ['pc-q35-?.0', 'pc-q35-9x0', false],
    ['[ab]c', 'bc', true],
    ['a\\*', 'a*', true],
    ['[z-a]', 'b', false],
    ['(a', '(a', true],
    ['[a', '[a', false],
    ['[', '[', false],
    ['[]', '[]', false],
    ['a\\[', 'a[', true],
    ['a.c*d', 'abcxd', false],
    ['a.c?', 'a.cd', true],
    ['a?b', 'axxb', false],
    ['a?b', 'ab', false],
    ['a*b', 'axxb', true],
    ['a*b', 'ax/b', false],
    ['a?b', 'a/b', false],
    ['[^a]*', 'ba', true],
    ['[^a]*', 'ab', false],
    ['*.*', 'pc.1', true],
    ['*', '', true],
  ])('matches %s with %s', (glob, text, is) => {
    expect(matchesGlob(glob, text)).toBe(is);
  });
});
