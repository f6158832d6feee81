import { STS } from './action';
import type { SignedAction } from './action';
import { ownerOf, principalArn, principalId } from './model';

/**
 * Who signed. Needs no permission.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export const getCallerIdentity: SignedAction = {
  name: 'GetCallerIdentity',
  service: STS,
  signed: true,
  run: ({ caller: { principal } }) => ({
    Arn: principalArn(principal),
    UserId: principalId(principal),
    Account: ownerOf(principal).account,
  }),
};
