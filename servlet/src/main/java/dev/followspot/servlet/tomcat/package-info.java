/**
 * Upgrades in Tomcat, where its classes can be seen. What Tomcat offers by the servlet API closes a
 * connection only when the caller does something, and has a thread turn round and round while a
 * caller sends faster than it is read.
 */
@NullMarked
package dev.followspot.servlet.tomcat;

import org.jspecify.annotations.NullMarked;
