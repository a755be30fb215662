/**
 * What Jetty knows and the servlet API does not tell. Needs Jetty 12 on the class or module path.
 */
@NullMarked
package dev.followspot.servlet.jetty;

import org.jspecify.annotations.NullMarked;
