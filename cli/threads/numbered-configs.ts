import type { ClusterConfig } from '../../review/rule';

/** The highest number that is given. */
const MOST = 2 ** 16 - 1;

/** What is known of clusters, numbered from 1: equal configurations are one. */
export class NumberedConfigs {
  /** In the order of their numbers. */
  public readonly all: ClusterConfig[] = [];
  private readonly numbers = new Map<ClusterConfig, number>();
  private readonly byText = new Map<string, number>();

  /** The number of a configuration; 0 where there are too many of them. */
  public numberOf(config: ClusterConfig): number {
    let number = this.numbers.get(config);
    if (number === undefined) this.numbers.set(config, (number = this.find(config)));
    return number;
  }

  private find(config: ClusterConfig): number {
    const text = textOf(config);
    const known = this.byText.get(text);
    if (known !== undefined) return known;
    if (this.all.length >= MOST) return 0;
    const number = this.all.push(config);
    this.byText.set(text, number);
    return number;
  }
}

/** All that a configuration says. */
export function textOf(config: ClusterConfig): string {
  return JSON.stringify({ ...config, featureGates: [...config.featureGates] });
}
