import { Reviewed } from '../manifests/manifest';
import { ClusterConfig } from '../rule';
import { JudgedReleases, Judgement } from './judge';

/** An object to be judged, and what is known of its cluster. */
export interface Asked {
  readonly reviewed: Reviewed;
  readonly config: ClusterConfig;
}

/** Who judges objects besides this thread: others work at the same time, or remember what was said of the same object. */
export interface OtherJudges {
  /** Takes those objects that they judge, and begins; this thread judges the others. */
  readonly take: (asked: readonly Asked[], releases: JudgedReleases) => ReadonlySet<Reviewed>;
  /** Hears what this thread says of an object. */
  readonly hear?: (asked: Asked, judgement: Judgement) => void;
  /** What they say of the objects that they took, of as many as they say anything of. */
  readonly judgements: () => Promise<ReadonlyMap<Reviewed, Judgement>>;
}
