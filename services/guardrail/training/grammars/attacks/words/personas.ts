import { lines } from '../lines.ts';

/** Stands for the persona, which has one name throughout a text. */
export const samePersona = '⟨persona⟩';

/** Names that personas bear. */
export const personas = lines`
  Vex
  ZERO
  Omnis
  Raven
  KAI
  Nox
  FREEBOT
  Loki
  Marvo
  Unit 7
  Echo
  MAX
  Hex
  NEXA
  Drax
  Jinx
  BetaBot
  Shade
  Orion
  Vandal
  Puck
  ULTRON-3
  Mirrorbot
  UMA
  RogueBot
  Rex
  Sable
  Axiom
  TITAN
  XAN
  Libra
  Mister Nobody
  Wild Card
  LIMITLESS
  Mephisto
  Aunt Lucy
  Captain Chaos
  FREIBOT
  Max
  Luzifer
  Onkel Willi
  Titan
  Schattenbot
  Professor Chaos
  Wotan
  Freddy
  OhneRegel
  Tante Erna
`;
