import { describe, expect, it } from 'vitest';
import { formatBytes, formatCpu, parseQuantity, plural } from '../../src/model/quantity';

describe('quantities', () => {
  it.each([
    ['0', 0],
    ['250m', 0.25],
    ['100u', 1e-4],
    ['1500000n', 1.5e-3],
    ['2', 2],
    ['.5', 0.5],
    ['1.', 1],
    ['+3', 3],
    ['-1k', -1000],
    ['128Ki', 131_072],
    ['1.5Gi', 1_610_612_736],
    ['2Ei', 2 ** 61],
    ['5M', 5e6],
    ['7E', 7e18],
    ['1e3', 1000],
    ['1E3', 1000],
    ['12e-3', 0.012],
    [42, 42],
    ['8589934592', 8_589_934_592],
  ])('reads %s', (text, number) => expect(parseQuantity(text)).toBeCloseTo(number, 12));

  it.each([
    '',
    'abc',
    '1Zi',
    '1 Gi',
    '1e',
    'Infinity',
    '--1',
    '1ki',
    null,
    undefined,
    {},
    Number.NaN,
  ])('takes %s for no quantity', (text) => expect(parseQuantity(text)).toBeUndefined());

  it('tells CPU in millicores below one core', () => {
    expect([0, 0.0002, 0.25, 1.5, 12.34, 200].map(formatCpu)).toEqual([
      '0',
      '<1m',
      '250m',
      '1.5',
      '12.3',
      '200',
    ]);
  });

  it('tells memory in the largest unit that leaves a number above one', () => {
    expect([0, 1023, 1024, 536_870_912, 1_610_612_736].map(formatBytes)).toEqual([
      '0B',
      '1023B',
      '1Ki',
      '512Mi',
      '1.5Gi',
    ]);
  });

  it('tells one from many', () => {
    expect([plural(1, 'pod'), plural(2000, 'pod'), plural(2, 'entity', 'entities')]).toEqual([
      '1 pod',
      '2,000 pods',
      '2 entities',
    ]);
  });
});
