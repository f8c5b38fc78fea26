import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Checks or mends the formatting of the whole source tree: Java by palantir-java-format, other text for trailing
/// blanks and the newline at its end. Arguments: `check` or `fix`, the root folder, and in `check` the file that is to
/// name what is not formatted; it is absent when all is well.
///
/// A program of its own, since a formatter that runs inside Maven parses with Maven's JDK, which may be older than our
/// sources. Maven starts it with the selected JDK, the formatter on its class path.
class Format {
    private static final Set<String> SKIPPED_FOLDERS = Set.of(".git", ".idea", ".vscode", "node_modules", "target");
    private static final Set<String> TEXT =
            Set.of("md", "xml", "yaml", "yml", "proto", "properties", "sh", "gitignore", "editorconfig");
    private static final Set<Path> SCRIPTS = Set.of(Path.of("sinter"), Path.of(".ci/run"));

    private static final String VISITOR = "com.palantir.javaformat.java.java21.Java21InputAstVisitor";

    public static void main(String[] arguments) throws Exception {
        boolean fix = arguments[0].equals("fix");
        Path root = Path.of(arguments[1]);
        List<Path> java = new ArrayList<>();
        List<Path> text = new ArrayList<>();
        collect(root, java, text);

        List<String> wrong = new ArrayList<>();
        for (Path file : text) {
            String found = Files.readString(file);
            String tidy = found.replaceAll("(?m)[ \\t\\r]+$", "").stripTrailing() + "\n";
            if (!found.isBlank() && !found.equals(tidy)) {
                wrong.add(file.toString());
                if (fix) {
                    Files.writeString(file, tidy);
                }
            }
        }
        StringWriter output = new StringWriter();
        boolean parsed = formatJava(fix ? List.of("--replace") : List.of("--dry-run"), java, new PrintWriter(output));
        wrong.addAll(output.toString().lines().toList());
        if (parsed && !fix) {
            report(wrong.stream().map(file -> root.relativize(Path.of(file))).sorted(), Path.of(arguments[2]));
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

    /// Whether all files could be parsed; what could not is named on stderr.
    private static boolean formatJava(List<String> mode, List<Path> files, PrintWriter output) throws Exception {
        List<String> options = new ArrayList<>(List.of("--palantir"));
        options.addAll(mode);
        files.forEach(file -> options.add(file.toString()));
        try (var loader = new PatternLoader()) {
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

    /// Loads the formatter with one method added. As of 2.103.0 it does not know `_` as a pattern of its own, as in
    /// `case Pair(_, Leaf leaf)`, and gives up on the file.
    private static final class PatternLoader extends URLClassLoader {
        PatternLoader() throws MalformedURLException {
            super(classPath(), Format.class.getClassLoader());
        }

        private static URL[] classPath() throws MalformedURLException {
            List<URL> jars = new ArrayList<>();
            for (String jar : System.getProperty("java.class.path").split(java.io.File.pathSeparator)) {
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
                return loaded != null ? loaded : name.equals(VISITOR) ? defineVisitor() : findClass(name);
            }
        }

        private Class<?> defineVisitor() throws ClassNotFoundException {
            try (InputStream original = getResourceAsStream(VISITOR.replace('.', '/') + ".class")) {
                byte[] patched = withAnyPattern(original.readAllBytes());
                return defineClass(VISITOR, patched, 0, patched.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(VISITOR, e);
            }
        }

        private static byte[] withAnyPattern(byte[] visitor) {
            ClassDesc self = ClassDesc.of(VISITOR);
            ClassDesc anyPattern = ClassDesc.of("com.sun.source.tree.AnyPatternTree");
            MethodTypeDesc visit = MethodTypeDesc.of(ConstantDescs.CD_Object, anyPattern, ConstantDescs.CD_Object);
            MethodTypeDesc token = MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String);
            ClassFile classFile = ClassFile.of();
            return classFile.transformClass(
                    classFile.parse(visitor),
                    ClassTransform.endHandler(type -> type.withMethodBody(
                            "visitAnyPattern",
                            visit,
                            ClassFile.ACC_PUBLIC,
                            code -> code.aload(0)
                                    .loadConstant("_")
                                    .invokevirtual(self, "token", token)
                                    .aconst_null()
                                    .areturn())));
        }
    }
}
