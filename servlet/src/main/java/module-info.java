/** Backstage's HTTP contract as one Jakarta servlet. */
@org.jspecify.annotations.NullMarked
module dev.followspot.servlet {
  requires transitive dev.followspot.core;
  requires transitive jakarta.servlet;
  requires static org.eclipse.jetty.server;
  requires static org.jspecify;

  exports dev.followspot.servlet;
  exports dev.followspot.servlet.jetty;
}
