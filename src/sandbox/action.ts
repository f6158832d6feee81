import type { Cloud } from './cloud';
import type { Credential } from './model';
import type { Params } from './query';
import type { XmlFields } from './xml';

/** One service's dialect of the query protocol. */
export interface Service {
  /** The name in a signature's scope. */
  readonly name: string;
  readonly version: string;
  readonly namespace: string;
  /** The one region it may be signed for; absent: any. */
  readonly region?: string;
}

export const STS: Service = {
  name: 'sts',
  version: '2011-06-15',
  namespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
};

export const IAM: Service = {
  name: 'iam',
  version: '2010-05-08',
  namespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
  region: 'us-east-1',
};

interface Named {
  readonly name: string;
  readonly service: Service;
}

/**
 * One action of the API. `run` gives the fields of the answer's `…Result` element, or throws an AwsError. It is
 * synchronous on purpose: nothing can come between the check of an MFA code and its being spent.
 */
export interface SignedAction extends Named {
  readonly signed: true;
  readonly run: (call: {
    readonly cloud: Cloud;
    readonly params: Params;
    readonly caller: Credential;
  }) => XmlFields;
}

export interface UnsignedAction extends Named {
  readonly signed: false;
  readonly run: (call: { readonly cloud: Cloud; readonly params: Params }) => XmlFields;
}

export type Action = SignedAction | UnsignedAction;
export type SignedCall = Parameters<SignedAction['run']>[0];
export type UnsignedCall = Parameters<UnsignedAction['run']>[0];
