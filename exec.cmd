@rem npm scripts say "exec node ...", so that a signal to npm reaches the program. cmd.exe has no exec; it finds this file.
@%*
