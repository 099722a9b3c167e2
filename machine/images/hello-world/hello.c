/*
 * The whole content of the hello-world image: one program without a C library, so that the image holds nothing else.
 * Linux loads it, it asks the kernel for two things (write the text, end) and is gone.
 */
static const char text[] =
    "\n"
    "Hello! A container just ran on this machine, and this text is its output.\n"
    "\n"
    "What it took to get here:\n"
    "\n"
    " 1. The docker command you typed is only a client. It passed your wish on to\n"
    "    the Docker daemon, dockerd, which does the work.\n"
    " 2. dockerd looked for an image called \"hello-world\" in its own store. Where it\n"
    "    had none, it downloaded the image from a registry and kept it for next time.\n"
    " 3. From that image it created a container and started the one program in it:\n"
    "    me. I see a file system with a single file, and I am process number 1.\n"
    " 4. dockerd caught what I print and handed it to the client, which shows it in\n"
    "    your terminal.\n"
    "\n"
    "My work ends with this line, and my container stops with me. To see that it is\n"
    "still there, stopped:\n"
    "\n"
    "    docker ps --all\n"
    "\n"
    "For a container to look around in:\n"
    "\n"
    "    docker run -it debian bash\n"
    "\n";

#if defined(__x86_64__)
static long system_call(long number, long a, long b, long c) {
  long result;
  __asm__ volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c) : "rcx", "r11", "memory");
  return result;
}
enum { write_call = 1, exit_call = 60 };
#elif defined(__aarch64__)
static long system_call(long number, long a, long b, long c) {
  register long x8 __asm__("x8") = number;
  register long x0 __asm__("x0") = a;
  register long x1 __asm__("x1") = b;
  register long x2 __asm__("x2") = c;
  __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2) : "memory");
  return x0;
}
enum { write_call = 64, exit_call = 93 };
#else
#error "No system calls known for this kind of processor"
#endif

void _start(void) {
  const char *rest = text;
  long left = sizeof text - 1;
  while (left > 0) {
    long written = system_call(write_call, 1, (long)rest, left);
    if (written <= 0) system_call(exit_call, 1, 0, 0);
    rest += written;
    left -= written;
  }
  system_call(exit_call, 0, 0, 0);
}
