import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Checks or mends the formatting of the whole source tree: Java by palantir-java-format, other text for trailing
/// blanks and the newline at its end. Arguments: `check` or `fix`, the root folder, and the file that is to name what
/// a check found not formatted; it is absent when all is well.
///
/// A program of its own, since a formatter that runs inside Maven parses with Maven's JDK, which may be older than our
/// sources. Maven starts it with the selected JDK, the formatter on its class path.
public class Format {
    private static final Set<String> SKIPPED_FOLDERS = Set.of(".git", ".idea", ".vscode", "node_modules", "target");
    private static final Set<String> TEXT =
            Set.of("md", "xml", "yaml", "yml", "proto", "properties", "sh", "gitignore", "editorconfig");
    private static final Set<Path> SCRIPTS = Set.of(Path.of("sinter"), Path.of(".ci/run"));

    public static void main(String[] arguments) throws Exception {
        boolean fix = arguments[0].equals("fix");
        Path root = Path.of(arguments[1]);
        Path report = Path.of(arguments[2]);
        List<Path> java = new ArrayList<>();
        List<Path> text = new ArrayList<>();
        collect(root, java, text);

        Set<Path> wrong = new TreeSet<>();
        for (Path file : text) {
            String found = Files.readString(file);
            String tidy = found.replaceAll("(?m)[ \\t\\r]+$", "").stripTrailing() + "\n";
            if (!found.isBlank() && !found.equals(tidy)) {
                wrong.add(file);
                if (fix) {
                    Files.writeString(file, tidy);
                }
            }
        }

        var known = new KnownFiles(root, report.resolveSibling("formatted.txt"));
        List<Path> unknown = new ArrayList<>();
        for (Path file : java) {
            if (!known.contains(file)) {
                unknown.add(file);
            }
        }
        StringWriter output = new StringWriter();
        boolean parsed =
                formatJava(fix ? List.of("--replace") : List.of("--dry-run"), unknown, new PrintWriter(output));
        output.toString().lines().map(Path::of).forEach(wrong::add);
        if (parsed) {
            java.removeAll(fix ? Set.of() : wrong);
            known.replaceBy(java);
        }
        if (parsed && !fix) {
            report(wrong.stream().map(root::relativize), report);
        }
        // The formatter leaves threads behind that would keep this process alive.
        System.exit(parsed ? 0 : 1);
    }

    private static void report(Stream<Path> wrong, Path file) throws IOException {
        Files.deleteIfExists(file);
        List<String> names = wrong.map(name -> "Not formatted: " + name).toList();
        if (!names.isEmpty()) {
            names.forEach(System.err::println);
            Files.createDirectories(file.getParent());
            Files.write(file, names);
        }
    }

    private static void collect(Path root, List<Path> java, List<Path> text) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return SKIPPED_FOLDERS.contains(folder.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = file.getFileName().toString();
                String ending = name.substring(name.lastIndexOf('.') + 1);
                if (ending.equals("java")) {
                    java.add(file);
                } else if (TEXT.contains(ending) || SCRIPTS.contains(root.relativize(file))) {
                    text.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /// The files that were formatted when last looked at, by their content: formatting is slow.
    private static final class KnownFiles {
        private final Path file;
        private final byte[] formatter;
        private final Set<String> known;

        KnownFiles(Path root, Path file) throws IOException {
            this.file = file;
            this.formatter = Files.readAllBytes(root.resolve(".mvn/Format.java"));
            this.known = Files.exists(file) ? Set.copyOf(Files.readAllLines(file)) : Set.of();
        }

        boolean contains(Path source) throws Exception {
            return known.contains(digest(source));
        }

        void replaceBy(Collection<Path> sources) throws Exception {
            Set<String> digests = new TreeSet<>();
            for (Path source : sources) {
                digests.add(digest(source));
            }
            Files.createDirectories(file.getParent());
            Files.write(file, digests);
        }

        /// Of another formatter, or of another version, all files are unknown.
        private String digest(Path source) throws Exception {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(formatter);
            digest.update(System.getProperty("java.class.path").getBytes(UTF_8));
            return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(source)));
        }
    }

    /// Whether all files could be parsed; what could not is named on stderr.
    private static boolean formatJava(List<String> mode, List<Path> files, PrintWriter output) throws Exception {
        if (files.isEmpty()) {
            return true;
        }
        List<String> options = new ArrayList<>(List.of("--palantir"));
        options.addAll(mode);
        files.forEach(file -> options.add(file.toString()));
        try (var loader = new MendedFormatter()) {
            Class<?> formatter = loader.loadClass("com.palantir.javaformat.java.Main");
            Object main = formatter
                    .getConstructor(PrintWriter.class, PrintWriter.class, InputStream.class)
                    .newInstance(output, new PrintWriter(System.err, true), InputStream.nullInputStream());
            Object status =
                    formatter.getMethod("format", String[].class).invoke(main, (Object) options.toArray(String[]::new));
            output.flush();
            return status.equals(0);
        }
    }

    /// The lines of a comment, without the blanks before each. Called from the formatter, as mended below.
    public static List<String> unindented(List<String> lines) {
        return lines.stream().map(String::strip).toList();
    }

    /// Loads the formatter with two faults of 2.103.0 mended.
    private static final class MendedFormatter extends URLClassLoader {
        private static final Map<String, ClassTransform> MENDED = Map.of(
                "com.palantir.javaformat.java.java21.Java21InputAstVisitor", anyPattern(),
                "com.palantir.javaformat.java.JavaCommentsHelper", markdownComment());

        MendedFormatter() throws MalformedURLException {
            super(classPath(), Format.class.getClassLoader());
        }

        private static URL[] classPath() throws MalformedURLException {
            List<URL> jars = new ArrayList<>();
            for (String jar : System.getProperty("java.class.path").split(File.pathSeparator)) {
                jars.add(Path.of(jar).toUri().toURL());
            }
            return jars.toArray(URL[]::new);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (!name.startsWith("com.palantir.")) {
                    return super.loadClass(name, resolve);
                }
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : MENDED.containsKey(name) ? mend(name) : findClass(name);
            }
        }

        private Class<?> mend(String name) throws ClassNotFoundException {
            try (InputStream original = getResourceAsStream(name.replace('.', '/') + ".class")) {
                ClassFile classFile = ClassFile.of();
                byte[] mended = classFile.transformClass(classFile.parse(original.readAllBytes()), MENDED.get(name));
                return defineClass(name, mended, 0, mended.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }

        /// It does not know `_` as a pattern of its own, as in `case Pair(_, Leaf leaf)`, and gives up on the file.
        private static ClassTransform anyPattern() {
            ClassDesc self = ClassDesc.of("com.palantir.javaformat.java.java21.Java21InputAstVisitor");
            ClassDesc pattern = ClassDesc.of("com.sun.source.tree.AnyPatternTree");
            MethodTypeDesc visit = MethodTypeDesc.of(ConstantDescs.CD_Object, pattern, ConstantDescs.CD_Object);
            MethodTypeDesc token = MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String);
            return ClassTransform.endHandler(type -> type.withMethodBody(
                    "visitAnyPattern",
                    visit,
                    ClassFile.ACC_PUBLIC,
                    code -> code.aload(0)
                            .loadConstant("_")
                            .invokevirtual(self, "token", token)
                            .aconst_null()
                            .areturn()));
        }

        /// It takes a `///` comment for one line, counts the blanks before all others twice, and where that makes one
        /// of them too long, ends the comment in the middle of it.
        private static ClassTransform markdownComment() {
            MethodTypeDesc unindented = MethodTypeDesc.of(ConstantDescs.CD_List, ConstantDescs.CD_List);
            CodeTransform first = CodeTransform.ofStateful(() -> new CodeTransform() {
                @Override
                public void atStart(CodeBuilder code) {
                    code.aload(1)
                            .invokestatic(ClassDesc.of("Format"), "unindented", unindented)
                            .astore(1);
                }

                @Override
                public void accept(CodeBuilder code, CodeElement element) {
                    code.with(element);
                }
            });
            return ClassTransform.transformingMethodBodies(
                    method -> method.methodName().equalsString("indentLineComments"), first);
        }
    }
}
