import { Construct } from 'constructs';
import { Disk, IDisk } from '../constructs';
import { call, Code, literal, options, variable } from './expression';

/** A disk that the code makes. */
export interface KnownDisk {
  readonly variable: string;
  readonly disk: IDisk & Construct;
}

/** What the code of one object may refer to. */
export class Scope {
  constructor(
    public readonly namespace: string | undefined,
    /** Disks that stand above it in the file, by namespace and name. */
    private readonly disks: ReadonlyMap<string, KnownDisk>,
  ) {}

  /** A disk of the object's own namespace, by the name of its claim. */
  public disk(claimName: string): Code {
    const found = this.disks.get(`${this.namespace ?? ''}/${claimName}`);
    if (found !== undefined) return variable(found.variable, found.disk);
    return call('Disk', Disk, 'fromClaimName', literal(claimName));
  }

  /** The source of a clone. A clone takes over what is known of its source: a name says no more than the manifest does. */
  public source(claimName: string, namespace: unknown): Code {
    const other = typeof namespace === 'string' && namespace !== this.namespace ? literal(namespace) : undefined;
    return call('Disk', Disk, 'fromClaimName', literal(claimName), options([['namespace', other]]));
  }
}
