import type { Tensor as OrtTensor, TensorConstructor } from 'onnxruntime-node';
import { adamCorrections } from '../../core/model/adamStep';

/** What a training graph with Adam (see adamStep.ts) changes from step to step: the parameters and their moments. */
export class AdamState {
  private values: OrtTensor;
  private m: OrtTensor;
  private v: OrtTensor;
  private steps = 0;

  /** @param initial flat parameter vector to start from; it is not written to */
  constructor(
    private readonly tensor: TensorConstructor,
    initial: Float32Array,
  ) {
    this.values = this.vector(initial.slice());
    this.m = this.vector(new Float32Array(initial.length));
    this.v = this.vector(new Float32Array(initial.length));
  }

  /** The inputs of the next step. */
  feeds(rate: number): Record<string, OrtTensor> {
    const { stepSize, rootCorrection } = adamCorrections(++this.steps, rate);
    return {
      parameters: this.values,
      m: this.m,
      v: this.v,
      step_size: this.vector(Float32Array.of(stepSize)),
      root_correction: this.vector(Float32Array.of(rootCorrection)),
    };
  }

  /** Takes what the step gave. */
  take(result: Record<string, OrtTensor>): void {
    this.values = result.parameters_out;
    this.m = result.m_out;
    this.v = result.v_out;
  }

  /** A copy of the parameters. */
  parameters(): Float32Array {
    return (this.values.data as Float32Array).slice();
  }

  private vector(values: Float32Array): OrtTensor {
    return new this.tensor('float32', values, [values.length]);
  }
}
