/** Milliseconds from the agent's answer until the first sound of the other side was played. */
export interface AnswerTime {
  /** the agent pressed Answer */
  pressed(): void;
  /** sound of this connection will be the answer's */
  connected(connection: Pick<RTCPeerConnection, 'getReceivers'>): void;
}

/** What is answered so long after is not what was pressed for. */
const patience = 15_000;
const look = 5;

export interface AnswerTimeOptions {
  now(): number;
  after(milliseconds: number, act: () => void): void;
  heard(milliseconds: number): void;
}

/** A receiver names a source when a packet of it went to its track, that is to the ear (W3C WebRTC §5.3). */
const hasPlayed = (connection: Pick<RTCPeerConnection, 'getReceivers'>): boolean =>
  connection.getReceivers().some(receiver => receiver.getSynchronizationSources().length > 0);

export const measureAnswers = ({ now, after, heard }: AnswerTimeOptions): AnswerTime => {
  let since: number | null = null;
  return {
    pressed() {
      since = now();
    },
    connected(connection) {
      const began = since;
      since = null;
      if (began === null || now() - began > patience) return;
      const listen = () => {
        if (hasPlayed(connection)) heard(Math.round(now() - began));
        else if (now() - began < patience) after(look, listen);
      };
      listen();
    },
  };
};
