package dev.followspot.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.spi.HttpBody;
import dev.followspot.spi.HttpTunnel;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

/** Where Tomcat's classes are not there. */
class WithoutTomcatTest {

  /** Has the servlet's classes anew, and none of Tomcat's own. */
  private static final class Loader extends ClassLoader {
    Loader() {
      super(WithoutTomcatTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("org.apache.")) {
        throw new ClassNotFoundException(name);
      }
      if (!name.startsWith("dev.followspot.servlet.")) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (java.io.IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  @Test
  void connections_are_upgraded_as_the_servlet_api_has_it() throws Exception {
    Class<?> upgraded = new Loader().loadClass("dev.followspot.servlet.UpgradedConnection");
    Object request =
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) -> {
              assertThat(method.getName()).isEqualTo("upgrade");
              assertThat(arguments[0]).isSameAs(upgraded);
              return upgraded.getConstructor().newInstance();
            });
    Method of = upgraded.getDeclaredMethod("of", HttpBody.class, HttpTunnel.class, Runnable.class);
    of.setAccessible(true);
    HttpTunnel tunnel = fromCaller -> {};
    Object connection = of.invoke(null, HttpBody.none(), tunnel, (Runnable) () -> {});
    Method start =
        upgraded.getDeclaredMethod(
            "start", HttpServletRequest.class, HttpServletResponse.class, upgraded);
    start.setAccessible(true);
    Object response =
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {HttpServletResponse.class},
            (proxy, method, arguments) -> {
              throw new AssertionError(method);
            });
    start.invoke(null, request, response, connection);
  }
}
