/** Something that can be given back. */
export interface DisposableLike {
  dispose(): unknown;
}

/** Base of what holds resources until it is disposed itself. */
export abstract class Disposable implements DisposableLike {
  private readonly resources: DisposableLike[] = [];
  private disposed = false;

  /** Whether {@link dispose} was called: work that was under way when it was must not go on. */
  protected get isDisposed(): boolean {
    return this.disposed;
  }

  /** Gives the resource back together with this object. */
  protected register<T extends DisposableLike>(resource: T): T {
    this.resources.push(resource);
    return resource;
  }

  dispose(): void {
    this.disposed = true;
    for (const resource of this.resources.splice(0).reverse()) {
      resource.dispose();
    }
  }
}
