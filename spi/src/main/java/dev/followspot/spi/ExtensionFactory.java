package dev.followspot.spi;

/**
 * Creates one extension. {@link java.util.ServiceLoader} finds factories, so a factory has a public
 * constructor without parameters, does nothing in it, and costs nothing until {@code create} is
 * called.
 *
 * <p>An extension that implements {@link AutoCloseable} is closed with the engine.
 */
public interface ExtensionFactory {

  /**
   * The name by which configuration chooses, pins and excludes the extension: letters, digits,
   * {@code -}, {@code _} and {@code .}, unique for its kind of extension.
   *
   * @return the name, always the same
   */
  String name();

  /**
   * The place among extensions that wrap each other: one with a higher order is further out and
   * sees the request first. Equal orders are sorted by class name, the first name further in.
   *
   * @return 0 unless it matters
   */
  default int order() {
    return 0;
  }
}
