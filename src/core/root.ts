import type { Inputs } from './ports';
import type { Root, RootStep } from './plan';
import type { Request } from './request';
import type { Link } from './steps';

/** The step that takes up the keys a chain begins with. It is never stored: the keys stay where they are. */
export function makeRootStep(root: Root): RootStep {
  return { kind: 'root', root, because: reason(root) };
}

function reason(root: Root): string {
  switch (root.by) {
    case 'json':
      return '--json gives the keys, in place of any profile';
    case 'keys':
      return root.temporary ? 'its own temporary keys' : 'its own keys';
    case 'process':
      return 'its credential_process gives the keys';
    case 'machine':
      return `credential_source names ${root.source.value}`;
  }
}

/** What tells this start of a chain from any other: it is part of every key that follows. */
export function rootInputs(root: Root, request: Request): Link {
  return { after: inputs(root, request) };
}

function inputs(root: Root, request: Request): Inputs {
  switch (root.by) {
    case 'json':
      return { by: 'json', accessKeyId: root.accessKeyId.value };
    case 'keys':
      return { by: 'keys', accessKeyId: root.accessKeyId.value };
    case 'process':
      return { by: 'process', command: root.command.value };
    case 'machine': {
      const { accessKeyId, machine } = request.environment;
      return root.source.value === 'Environment'
        ? { by: 'Environment', accessKeyId: accessKeyId ?? null }
        : { by: root.source.value, machine };
    }
  }
}
