<?php
// As much of Laravel as docs/recipes/laravel.md uses, for PHP's own server: composer is not at hand in the tests. It runs the
// recipe's files as they stand. Who sends the cookie session=1 is logged in.
declare(strict_types=1);

namespace Illuminate\Support\Facades {
    /** Kept in one file, under one lock: PHP's server has several workers. */
    class Cache
    {
        private static function change(callable $act): mixed
        {
            $file = fopen(getcwd() . '/cache.json', 'c+');
            flock($file, LOCK_EX);
            $kept = json_decode(stream_get_contents($file) ?: '[]', true);
            $kept = array_filter($kept, fn ($entry) => $entry[1] > microtime(true));
            $result = $act($kept);
            ftruncate($file, 0);
            rewind($file);
            fwrite($file, json_encode($kept, JSON_THROW_ON_ERROR));
            fclose($file);
            return $result;
        }
        public static function get(string $key): mixed
        {
            return self::change(fn (array $kept) => $kept[$key][0] ?? null);
        }
        public static function put(string $key, mixed $value, \DateTimeInterface $until): bool
        {
            return self::change(function (array &$kept) use ($key, $value, $until) {
                $kept[$key] = [$value, $until->getTimestamp()];
                return true;
            });
        }
        public static function add(string $key, mixed $value, \DateTimeInterface $until): bool
        {
            return self::change(function (array &$kept) use ($key, $value, $until) {
                if (isset($kept[$key])) return false;
                $kept[$key] = [$value, $until->getTimestamp()];
                return true;
            });
        }
        public static function lock(string $name, int $seconds): object
        {
            return new class ($name) {
                public function __construct(private string $name) {}
                public function block(int $seconds, callable $act): mixed
                {
                    $file = fopen(getcwd() . "/{$this->name}.lock", 'c');
                    flock($file, LOCK_EX);
                    try {
                        return $act();
                    } finally {
                        fclose($file);
                    }
                }
            };
        }
    }

    class Crypt
    {
        public static function encryptString(string $text): string
        {
            return 'encrypted:' . strrev(base64_encode($text));
        }
        public static function decryptString(string $text): string
        {
            return base64_decode(strrev(substr($text, strlen('encrypted:'))));
        }
    }

    class Http
    {
        public static function timeout(int $seconds): object
        {
            return new class ($seconds) {
                public function __construct(private int $seconds) {}
                public function post(string $url, array $data): object
                {
                    $answer = file_get_contents($url, false, stream_context_create(['http' => [
                        'method' => 'POST',
                        'header' => 'Content-Type: application/json',
                        'content' => json_encode($data, JSON_THROW_ON_ERROR),
                        'timeout' => $this->seconds,
                        'ignore_errors' => true,
                    ]]));
                    return new class (json_decode($answer, true)) {
                        public function __construct(private array $body) {}
                        public function json(string $path): mixed
                        {
                            return array_reduce(explode('.', $path), fn ($value, $key) => $value[$key] ?? null, $this->body);
                        }
                    };
                }
            };
        }
    }

    class Route
    {
        public static array $all = [];
        public static array $names = [];
        private static array $guards = [];
        public static function middleware(string $name): object
        {
            return new class ($name) {
                public function __construct(private string $name) {}
                public function group(callable $routes): void
                {
                    Route::guarded($this->name, $routes);
                }
            };
        }
        public static function guarded(string $name, callable $routes): void
        {
            self::$guards[] = $name;
            $routes();
            array_pop(self::$guards);
        }
        public static function __callStatic(string $method, array $given): object
        {
            [$path, $action] = $given;
            self::$all[strtoupper($method) . ' ' . $path] = [$action, self::$guards];
            return new class ($path) {
                public function __construct(private string $path) {}
                public function name(string $name): void
                {
                    Route::$names[$name] = $this->path;
                }
            };
        }
    }
}

namespace Illuminate\Http {
    class JsonResponse
    {
        private array $headers = [];
        public function __construct(private mixed $data) {}
        public function header(string $name, string $value): static
        {
            $this->headers[$name] = $value;
            return $this;
        }
        public function send(): void
        {
            header('Content-Type: application/json');
            foreach ($this->headers as $name => $value) header("$name: $value");
            echo json_encode($this->data, JSON_THROW_ON_ERROR);
        }
    }
}

namespace {
    use Illuminate\Http\JsonResponse;
    use Illuminate\Support\Facades\Route;

    const CSRF = 'csrf-of-"this"-session';

    function env(string $name, mixed $default = null): mixed
    {
        return getenv($name) === false ? $default : getenv($name);
    }
    function config(string $path): mixed
    {
        [$file, $key] = explode('.', $path);
        return (require getcwd() . "/config/$file.php")[$key];
    }
    function now(): object
    {
        return new class extends DateTimeImmutable {
            public function addMinute(): static
            {
                return $this->modify('+1 minute');
            }
            public function addHours(int $hours): static
            {
                return $this->modify("+$hours hours");
            }
        };
    }
    function response(): object
    {
        return new class {
            public function json(mixed $data): JsonResponse
            {
                return new JsonResponse($data);
            }
        };
    }
    function asset(string $path): string
    {
        return "/$path";
    }
    function route(string $name): string
    {
        return Route::$names[$name];
    }
    function csrf_token(): string
    {
        return CSRF;
    }
    function e(string $value): string
    {
        return htmlspecialchars($value, ENT_QUOTES, 'UTF-8');
    }
    function view(string $name, array $data): string
    {
        $blade = file_get_contents(getcwd() . "/resources/views/$name.blade.php");
        $php = preg_replace('/\{\{ (.+?) \}\}/', '<?= e($1) ?>', $blade);
        if (preg_match('/\{!!|(?<!\w)@\w/', $php)) throw new RuntimeException('The shim knows {{ }} alone.');
        extract($data);
        ob_start();
        eval("?>$php");
        return ob_get_clean();
    }

    spl_autoload_register(function (string $class): void {
        $path = getcwd() . '/' . str_replace(['App\\', '\\'], ['app/', '/'], $class) . '.php';
        if (!is_file($path)) throw new RuntimeException("No such class: $class");
        require $path;
    });
    set_error_handler(fn (int $level, string $text) => throw new ErrorException($text, 0, $level));

    chdir(dirname($_SERVER['DOCUMENT_ROOT']));
    $path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
    if (is_file("public$path")) return false;
    require getcwd() . '/routes/web.php';
    [$action, $guards] = Route::$all["{$_SERVER['REQUEST_METHOD']} $path"] ?? [null, []];
    try {
        if (!$action) {
            http_response_code(404);
        } elseif ($_SERVER['REQUEST_METHOD'] === 'POST' && ($_SERVER['HTTP_X_CSRF_TOKEN'] ?? '') !== CSRF) {
            http_response_code(419);
        } elseif (in_array('auth', $guards) && ($_COOKIE['session'] ?? '') !== '1') {
            http_response_code(str_contains($_SERVER['HTTP_ACCEPT'] ?? '', 'json') ? 401 : 302);
        } elseif (is_string($action)) {
            [$parameter] = (new ReflectionMethod($action, '__invoke'))->getParameters();
            (new $action())(new ($parameter->getType()->getName())())->send();
        } else {
            echo $action();
        }
    } catch (Throwable $error) {
        error_log((string) $error);
        http_response_code(500);
    }
}
