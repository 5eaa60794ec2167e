import { useEffect, useState } from 'react';

/** Loudness of samples from -1 to 1 as a share of full scale in steps of the ear: 0 is silence (-60 dB and below), 1 is 0 dB. */
export const loudness = (samples: Float32Array): number => {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const decibels = 10 * Math.log10(sum / Math.max(1, samples.length));
  return Math.min(1, Math.max(0, (decibels + 60) / 60));
};

const looksPerSecond = 12;

/** How loud what is spoken is now; 0 without a track. */
export const useLevel = (track: MediaStreamTrack | null): number => {
  const [level, setLevel] = useState(0);
  useEffect(() => {
    if (!track) return setLevel(0);
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    const samples = new Float32Array(analyser.fftSize);
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      setLevel(loudness(samples));
    }, 1_000 / looksPerSecond);
    return () => {
      clearInterval(timer);
      void context.close();
    };
  }, [track]);
  return level;
};
