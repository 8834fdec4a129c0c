import { BlockImager, type ImageSpec } from '../../features/blockImage';
import type { Classifier } from '../../model/classifier';
import type { Hooks } from '../../cancellation';
import { scoreImages } from './imageScorer';

/** Scores event sequences with the network. */
export class SequenceScorer {
  private readonly imager: BlockImager;

  constructor(
    spec: ImageSpec,
    private readonly classifier: Classifier,
  ) {
    this.imager = new BlockImager(spec);
  }

  /**
   * The probability that each sequence is anomalous; 0 for one without events.
   * @param count how many sequences there are
   * @param sequenceAt the image columns of sequence i; only used until the next call
   * @throws CancelledError if the hooks say so
   */
  score(count: number, sequenceAt: (i: number) => ArrayLike<number>, hooks?: Hooks): Promise<Float64Array> {
    const { imager } = this;
    return scoreImages(
      this.classifier,
      count,
      imager.height * imager.width,
      (i, target, offset) => {
        const columns = sequenceAt(i);
        imager.draw(columns, 0, columns.length, target, offset);
      },
      hooks,
    );
  }
}
