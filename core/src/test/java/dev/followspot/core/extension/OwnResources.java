package dev.followspot.core.extension;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Enumeration;

/** Shows the services files of some jars, and not those of the class path that the tests run on. */
final class OwnResources extends ClassLoader {

  private final URLClassLoader jars;

  OwnResources(URLClassLoader jars) {
    super(jars);
    this.jars = jars;
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    return jars.findResources(name);
  }
}
