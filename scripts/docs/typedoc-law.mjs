import { Converter, ReflectionKind } from 'typedoc';

/** What an object literal of the caller's is typed as; `IDisk` and its like are shapes of classes. */
const OPTIONS = /^(?!I[A-Z]).*(Props|Options|Facts|Config|Request|Origin)$/;

/**
 * A warning for each optional prop without `@default`, each class without `@see`, and each of its constructors and methods
 * without a summary: an editor that hovers over `new BootableVM` shows the comment of the constructor, not of the class.
 */
export function load({ converter, logger }) {
  converter.on(Converter.EVENT_RESOLVE_END, ({ project }) => {
    for (const reflection of project.getReflectionsByKind(ReflectionKind.Interface)) {
      if (!OPTIONS.test(reflection.name)) continue;
      for (const prop of reflection.children ?? []) {
        if (prop.flags.isOptional) demand(logger, prop, '@default');
      }
    }
    for (const reflection of project.getReflectionsByKind(ReflectionKind.Class)) {
      demand(logger, reflection, '@see');
      for (const signature of reflection.children?.flatMap(({ signatures = [] }) => signatures) ?? []) {
        if (!signature.comment?.summary.length) logger.validationWarning(`${signature.getFullName()} has no summary`);
      }
    }
  });
}

function demand(logger, reflection, tag) {
  if (reflection.comment?.getTag(tag) === undefined) {
    logger.validationWarning(`${reflection.getFullName()} has no ${tag}`);
  }
}
