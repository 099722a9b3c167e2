import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AckLedger, type Receipt } from './ack-ledger.ts';

test('only what was parsed is acknowledged, once', () => {
  const ledger = new AckLedger();
  ledger.restart(100);
  const first = ledger.receive(10);
  ledger.receive(5);
  expect(ledger.takeAck()).toBeNull();
  expect(ledger.parse(first)).toBe(false);
  expect(ledger.takeAck()).toBe(110);
  expect(ledger.takeAck()).toBeNull();
  expect(ledger.receivedSeq).toBe(115);
});

test('32 KiB make an acknowledgement due', () => {
  const ledger = new AckLedger();
  expect(ledger.parse(ledger.receive(32 * 1024 - 1))).toBe(false);
  expect(ledger.parse(ledger.receive(1))).toBe(true);
});

test('bytes of before a restart are never acknowledged', () => {
  const ledger = new AckLedger();
  const old = ledger.receive(50_000);
  ledger.restart(7);
  expect(ledger.parse(old)).toBe(false);
  expect(ledger.takeAck()).toBeNull();
});

test('in whatever pieces bytes come, all are acknowledged in the end and none before they are parsed', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(100_000)), (pieces) => {
      const ledger = new AckLedger();
      const receipts = pieces.map((bytes): Receipt => ledger.receive(bytes));
      let acked = 0;
      for (const receipt of receipts) {
        ledger.parse(receipt);
        acked = ledger.takeAck() ?? acked;
        expect(acked).toBe(receipt.endSeq);
      }
      expect(acked).toBe(ledger.receivedSeq);
    }),
  );
});
