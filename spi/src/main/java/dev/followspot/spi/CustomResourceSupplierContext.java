package dev.followspot.spi;

/** What a custom resource supplier is created with. */
public interface CustomResourceSupplierContext extends ExtensionContext {

  /**
   * The custom resource supplier below: the default one, or the extension that is next further in.
   *
   * @return what to decorate
   */
  CustomResourceSupplier delegate();
}
