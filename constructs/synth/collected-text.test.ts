import { CollectedText } from './collected-text';

describe('CollectedText', () => {
  it('holds nothing at first', () => {
    expect(new CollectedText().whole()).toBe('');
  });

  it('gives what was written, in its order, whenever it is asked', () => {
    const text = new CollectedText();
    text.write('a');
    expect(text.whole()).toBe('a');
    text.write('b');
    text.write('');
    text.write('c');
    expect(text.whole()).toBe('abc');
  });

  it('gives what is longer than it holds in pieces', () => {
    const text = new CollectedText();
    const line = `${'x'.repeat(99_999)}\n`;
    for (let index = 0; index < 7; index += 1) text.write(line);
    expect(text.whole()).toBe(line.repeat(7));
  });
});
