import { expect } from 'vitest';

/** Vitest's matchers for a part of a value, without the `any` that they are declared to be. */
export const textLike = (pattern: RegExp): unknown => expect.stringMatching(pattern);
export const textWith = (part: string): unknown => expect.stringContaining(part);
export const textWithout = (part: string): unknown => expect.not.stringContaining(part);
export const objectWith = (fields: object): unknown => expect.objectContaining(fields);
export const arrayWith = (items: readonly unknown[]): unknown => expect.arrayContaining([...items]);
