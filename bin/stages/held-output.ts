import { Writable } from 'node:stream';

/** Keeps what is written, for when its turn has come. */
export class HeldOutput extends Writable {
  text = '';

  constructor() {
    super({
      decodeStrings: false,
      write: (chunk: string | Buffer, _encoding, done) => {
        this.text += chunk.toString();
        done();
      },
    });
  }
}
