import { judgeLiveMigration, MigrationObstacle, MigrationOutcome } from '../../constructs/storage/live-migration-rules';
import { guestFacts, Surroundings } from './live-migration';
import { Machine } from './machine';

/** Whether a machine can be live-migrated, as far as the manifests say it. */
export interface Judgement extends MigrationOutcome {
  /** What stands against it for certain, and not only while KubeVirt is as its release makes it. */
  readonly proven: readonly MigrationObstacle[];
}

/** Judges a machine among what stands around it. */
export function judge(machine: Machine, around: Surroundings): Judgement {
  const facts = guestFacts(machine, around);
  const { verdict, obstacles } = judgeLiveMigration(facts);
  const isAssumed = facts.podInterface?.isDefault === true && around.settings.areDefaults;
  const assumed = (obstacle: MigrationObstacle): boolean => isAssumed && obstacle.rule === 'LM-01';
  return {
    verdict,
    obstacles: obstacles.map((obstacle) => (assumed(obstacle) ? { ...obstacle, ...byDefault(obstacle) } : obstacle)),
    proven: obstacles.filter((obstacle) => obstacle.certain && !assumed(obstacle)),
  };
}

function byDefault({ message }: MigrationObstacle): Pick<MigrationObstacle, 'message'> {
  return { message: `${message}: its default, for no KubeVirt object is among the manifests` };
}
