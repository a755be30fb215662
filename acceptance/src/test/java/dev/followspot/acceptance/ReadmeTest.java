package dev.followspot.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows compiles as it is written. */
class ReadmeTest {

  private static final Path README = Path.of("..", "README.md");
  private static final Pattern SNIPPET =
      Pattern.compile("<!-- snippet: ([a-z-]+) -->\n```java\n(.*?)```", Pattern.DOTALL);
  private static final String IMPORTS =
      """
      import dev.followspot.core.*;
      import dev.followspot.core.catalog.*;
      import dev.followspot.core.config.*;
      import dev.followspot.core.rest.*;
      import dev.followspot.fetcher.multinamespace.*;
      import dev.followspot.servlet.*;
      import dev.followspot.servlet.jetty.*;
      import dev.followspot.spi.*;
      import dev.followspot.testkit.*;
      import io.kubernetes.client.openapi.models.*;
      import java.nio.file.*;
      import java.util.List;
      import org.eclipse.jetty.ee11.servlet.*;
      import org.eclipse.jetty.server.Server;
      import org.junit.jupiter.api.*;
      import org.junit.jupiter.api.extension.*;
      import static dev.followspot.testkit.FollowspotAssertions.assertThat;
      import static org.assertj.core.api.Assertions.assertThat;
      """;

  @TempDir Path classes;

  @TestFactory
  Stream<DynamicTest> every_java_snippet_compiles() throws IOException {
    String readme = Files.readString(README);
    Map<String, String> snippets = new LinkedHashMap<>();
    Matcher matcher = SNIPPET.matcher(readme);
    while (matcher.find()) {
      snippets.put(matcher.group(1), matcher.group(2));
    }
    assertThat(snippets).hasSize(readme.split("```java", -1).length - 1);
    return snippets.entrySet().stream()
        .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> compile(entry.getValue())));
  }

  private void compile(String snippet) {
    Matcher type = Pattern.compile("(?m)^(?:public )?(?:final )?class (\\w+)").matcher(snippet);
    boolean whole = type.find();
    String name = whole ? type.group(1) : "Snippet";
    String source =
        whole
            ? (snippet.contains("import ") ? "" : IMPORTS) + snippet
            : IMPORTS
                + "class Snippet { Followspot followspot; void run(String token) throws Exception {\n"
                + snippet
                + "}}";
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    boolean compiled =
        compiler
            .getTask(
                messages,
                null,
                null,
                List.of(
                    "-d",
                    classes.toString(),
                    "-proc:none",
                    "-cp",
                    System.getProperty("java.class.path")),
                null,
                List.of(new Source(name, source)))
            .call();
    assertThat(compiled).describedAs(messages.toString()).isTrue();
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String name, String text) {
      super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
