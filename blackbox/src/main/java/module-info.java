/** A user of the published modules, from the module path. */
@org.jspecify.annotations.NullMarked
open module dev.followspot.blackbox {
  requires dev.followspot.core;
  requires dev.followspot.fetcher.multinamespace;
  requires dev.followspot.testkit;
  requires static org.jspecify;
}
