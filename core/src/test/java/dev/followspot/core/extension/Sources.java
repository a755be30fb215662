package dev.followspot.core.extension;

/** Sources of extensions, good and bad, for {@link TestJars}. */
final class Sources {

  private Sources() {}

  /** A factory of fetchers that wrap the one below. */
  static String fetcher(String type, String name) {
    return fetcher(type, "", "\"" + name + "\"", "return context.delegate();");
  }

  /**
   * A factory of fetchers.
   *
   * @param type its class, in package x
   * @param members more members, such as a constructor
   * @param name the expression of its name
   * @param create the body of its create
   */
  static String fetcher(String type, String members, String name, String create) {
    return """
    package x;
    import dev.followspot.spi.*;
    public class %s implements KubernetesFetcherFactory {
      %s
      public String name() { return %s; }
      public KubernetesFetcher create(FetcherContext context) { %s }
    }
    """
        .formatted(type, members, name, create);
  }

  /** A factory of auth strategies. */
  static String auth(String type, String name, String create) {
    return """
    package x;
    import dev.followspot.spi.*;
    import java.util.concurrent.*;
    public class %s implements AuthStrategyFactory {
      public String name() { return "%s"; }
      public AuthStrategy create(AuthStrategyContext context) { %s }
    }
    """
        .formatted(type, name, create);
  }
}
