import { createInbox } from './inbox.ts';
import {
  fitsInFrame,
  maximumFrameBytes,
  type Transport,
  type TransportEnd,
  utf8Length,
} from './transport.ts';

interface End {
  transport: Transport;
  /** delivers what the other end put on the way */
  deliver(): void;
}

type Parcel = { type: 'message'; text: string } | { type: 'end'; end: TransportEnd };

const createEnd = (incoming: Parcel[], outgoing: Parcel[], wakeOther: () => void): End => {
  const inbox = createInbox();
  let reading = false;

  const deliver = () => {
    while (reading || incoming[0]?.type === 'end') {
      const parcel = incoming.shift();
      if (!parcel) return;
      if (parcel.type === 'end') inbox.finish(parcel.end);
      else inbox.put(parcel.text);
    }
  };

  const transport: Transport = {
    get bufferedBytes() {
      return outgoing.reduce((sum, each) => sum + (each.type === 'message' ? utf8Length(each.text) : 0), 0);
    },
    send(text) {
      if (inbox.end || !fitsInFrame(text, maximumFrameBytes)) return false;
      outgoing.push({ type: 'message', text });
      wakeOther();
      return true;
    },
    onMessage(reader) {
      inbox.onMessage(reader);
      reading = true;
      deliver();
    },
    onClose: inbox.onClose,
    close(detail = 'closed') {
      if (inbox.finish({ by: 'us', detail })) {
        outgoing.push({ type: 'end', end: { by: 'peer', detail } });
        wakeOther();
      }
    },
  };
  return { transport, deliver };
};

/** Two ends of one connection in memory: what one sends the other gets, later in the same turn of the event loop. */
export const createLinkedPair = (): [Transport, Transport] => {
  const toFirst: Parcel[] = [];
  const toSecond: Parcel[] = [];
  const later = (act: () => void) => void Promise.resolve().then(act);
  const first: End = createEnd(toFirst, toSecond, () => later(() => second.deliver()));
  const second: End = createEnd(toSecond, toFirst, () => later(() => first.deliver()));
  return [first.transport, second.transport];
};
