import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/**
 * SHA-256 of a text in UTF-8, as 64 hex digits. In JavaScript, since the texts are short and loading `node:crypto`
 * costs every start 3 ms of 60 (measured on Node 20): it brings Node's streams along.
 */
export const sha256Hex = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)));
